//! File names that are valid on every system. The rules of Windows are the strictest.

/// Converts a name to at most 60 ASCII letters, digits, `-`, `_` and `.`, avoiding device names.
#[must_use]
pub fn portable_name(name: &str) -> String {
    let mut portable = String::with_capacity(name.len());
    for sign in name.chars() {
        if sign.is_ascii_alphanumeric() || sign == '_' {
            portable.push(sign);
        } else if sign == '.' && !portable.is_empty() && !portable.ends_with(['.', '-']) {
            portable.push('.');
        } else if !portable.is_empty() && !portable.ends_with(['-', '.']) {
            portable.push('-');
        }
    }
    portable.truncate(60);
    portable.truncate(portable.trim_end_matches(['-', '.']).len());
    if is_device(&portable) {
        format!("{portable}-file").replacen('.', "-", 1)
    } else {
        portable
    }
}

/// Whether a name is reserved for a device on Windows, with any extension.
#[must_use]
pub fn is_device(name: &str) -> bool {
    let stem = name
        .split('.')
        .next()
        .unwrap_or_default()
        .to_ascii_lowercase();
    let numbered = |device: &str| {
        stem.strip_prefix(device)
            .is_some_and(|rest| rest.len() == 1 && rest.chars().all(|sign| sign.is_ascii_digit()))
    };
    ["con", "prn", "aux", "nul"].contains(&stem.as_str()) || numbered("com") || numbered("lpt")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_that_are_not_portable_become_dashes() {
        assert_eq!(portable_name("AP-2041"), "AP-2041");
        assert_eq!(portable_name("../..\\Zoë  O'Neil."), "Zo-O-Neil");
        assert_eq!(portable_name("日本"), "");
        assert_eq!(portable_name(&"x".repeat(300)).len(), 60);
        for device in ["con", "NUL", "com1", "LPT9", "aux.txt"] {
            let name = portable_name(device);
            assert!(!is_device(&name) && is_device(device), "{device}: {name}");
        }
        assert!(!is_device("comb") && !is_device("console"));
    }
}
