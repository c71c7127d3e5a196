//! The check digit of NHS and CHI numbers.

/// Whether the last of ten digits is the check digit of the others (NHS Data Dictionary: weights 10
/// to 2, modulus 11). Ten equal digits are not a number.
pub(super) fn has_check_digit(digits: &str) -> bool {
    let values: Vec<u32> = digits.chars().filter_map(|one| one.to_digit(10)).collect();
    let weighted = values.iter().zip((2..=10).rev());
    let sum: u32 = weighted.map(|(value, weight)| value * weight).sum();
    let check = (11 - sum % 11) % 11;
    values.get(9) == Some(&check) && values.iter().any(|value| value != &values[0])
}
