//! Numbers with their nouns.

/// A number with its noun in singular or plural: `1 entry`, `0 entries`, `2 criteria`.
#[must_use]
pub fn counted(number: usize, one: &str) -> String {
    if number == 1 {
        return format!("1 {one}");
    }
    let many = match one {
        "criterion" => "criteria".to_owned(),
        _ => match one
            .strip_suffix('y')
            .filter(|stem| !stem.ends_with(['a', 'e', 'o', 'u']))
        {
            Some(stem) => format!("{stem}ies"),
            None => format!("{one}s"),
        },
    };
    format!("{number} {many}")
}

#[cfg(test)]
mod tests {
    use super::counted;

    #[test]
    fn nouns_agree_with_numbers() {
        assert_eq!(
            [0, 1, 2].map(|number| counted(number, "entry")),
            ["0 entries", "1 entry", "2 entries"]
        );
        assert_eq!(
            [1, 2].map(|number| counted(number, "criterion")),
            ["1 criterion", "2 criteria"]
        );
        assert_eq!(
            [1, 2].map(|number| counted(number, "day")),
            ["1 day", "2 days"]
        );
    }
}
