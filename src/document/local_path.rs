//! Paths of files and folders on a computer or a network.

/// Whether a value has the path of a file or folder of a computer or a network: `C:\Users\…`,
/// `\\server\share`, `/home/…`, `file:///…`.
pub(super) fn is_local_path(value: &str) -> bool {
    value.starts_with("\\\\") && value.len() > 3
        || has_scheme(value)
        || has_drive(value)
        || has_home(value)
}

fn has_scheme(value: &str) -> bool {
    let lower = value.to_ascii_lowercase();
    lower.contains("file:/") || lower.contains("file:\\")
}

/// A single letter, a colon and a slash of either kind. Schemes have longer names, and two slashes.
fn has_drive(value: &str) -> bool {
    let bytes = value.as_bytes();
    bytes.windows(3).enumerate().any(|(at, three)| {
        let [letter, b':', slash] = three else {
            return false;
        };
        let starts = at == 0 || !bytes[at - 1].is_ascii_alphanumeric();
        let is_slash = match slash {
            b'\\' => true,
            b'/' => bytes.get(at + 3) != Some(&b'/'),
            _ => false,
        };
        letter.is_ascii_alphabetic() && starts && is_slash
    })
}

/// The folder of a user on macOS or Linux.
fn has_home(value: &str) -> bool {
    let lower = value.to_ascii_lowercase();
    ["/users/", "/home/", "/volumes/"].iter().any(|home| {
        lower.match_indices(home).any(|(at, _)| {
            let before = lower[..at].chars().next_back();
            before.is_none_or(|letter| letter.is_whitespace() || "\"'=(<>".contains(letter))
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_of_computers_are_recognised_and_addresses_are_not() {
        for path in [
            r"C:\Users\moakapple\Desktop\",
            r"\\server\ward-7\list.xlsx",
            "file:///C:/Users/x.dotm",
            "Data Source=D:/lists/names.mdb;",
            "/Users/moakapple/plan.docx",
            r#"INCLUDEPICTURE "C:\\photos\\a.jpg""#,
        ] {
            assert!(is_local_path(path), "{path}");
        }
        for other in [
            "https://example.org/users/a",
            "http://example.org",
            "../media/image1.png",
            "word/document.xml",
            "ratio a:b",
            "mailto:a@example.org",
            "/xl/worksheets/sheet1.xml",
            "K:7",
        ] {
            assert!(!is_local_path(other), "{other}");
        }
    }
}
