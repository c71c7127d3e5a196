//! Fast checksums for the program's own files (XXH3, 128 bits). They are not cryptographic: whatever
//! people rely on is a SHA-256. The only file that names the library for them.

use std::io::{self, Read};

use twox_hash::XxHash3_128;

/// The checksum of `bytes`.
#[must_use]
pub fn sum(bytes: &[u8]) -> u128 {
    XxHash3_128::oneshot(bytes)
}

/// A checksum of bytes that arrive in parts.
#[derive(Clone, Default)]
pub struct Checksum(XxHash3_128);

impl Checksum {
    /// Adds bytes.
    pub fn add(&mut self, bytes: &[u8]) {
        self.0.write(bytes);
    }

    /// The checksum of all bytes so far.
    #[must_use]
    pub fn sum(&self) -> u128 {
        self.0.finish_128()
    }
}

/// The checksum of all that can be read from `from`.
///
/// # Errors
/// Returns the error of a failed read.
pub fn sum_of(mut from: impl Read) -> io::Result<u128> {
    let mut summing = Checksum::default();
    let mut part = vec![0; 64 * 1024];
    loop {
        match from.read(&mut part)? {
            0 => return Ok(summing.sum()),
            bytes => summing.add(&part[..bytes]),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_have_the_sum_of_the_whole() {
        let whole: Vec<u8> = (0..200_000_u32)
            .map(|at| at.to_le_bytes()[0] ^ at.to_le_bytes()[1])
            .collect();
        let mut parts = Checksum::default();
        whole.chunks(777).for_each(|part| parts.add(part));
        assert_eq!(parts.sum(), sum(&whole));
        assert_eq!(sum_of(&whole[..]).ok(), Some(sum(&whole)));
        // The value of the specification for empty input.
        assert_eq!(sum(b""), 0x99aa_06d3_0147_98d8_6001_c324_468d_497f);
    }
}
