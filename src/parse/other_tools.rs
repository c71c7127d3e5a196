//! Keys by which other programs hold a page back.

use super::DraftEntry;
use super::decode::{Decoder, Table};
use super::yaml;
use crate::model::{Status, Visibility};

/// A key by which other programs hold a page back.
struct OfOtherTools {
    key: &'static str,
    /// The value that shows the page.
    shows: &'static str,
    /// Our words for that, and for everything else.
    ours: [&'static str; 2],
}

const DRAFT: [&str; 2] = ["status: submitted", "status: draft"];
const PRIVATE: [&str; 2] = ["visibility: assessor", "visibility: private"];

/// These are read, because an author who has written one of them believes that the entry is held back.
const OF_OTHER_TOOLS: [OfOtherTools; 8] = [
    OfOtherTools { key: "draft", shows: "false", ours: DRAFT },
    OfOtherTools { key: "isdraft", shows: "false", ours: DRAFT },
    OfOtherTools { key: "published", shows: "true", ours: DRAFT },
    OfOtherTools { key: "publish", shows: "true", ours: DRAFT },
    OfOtherTools { key: "public", shows: "true", ours: PRIVATE },
    OfOtherTools { key: "private", shows: "false", ours: PRIVATE },
    OfOtherTools { key: "hidden", shows: "false", ours: PRIVATE },
    OfOtherTools { key: "unlisted", shows: "false", ours: PRIVATE },
];

/// Makes an entry a draft, or private, if its author has marked it so in the words of another program.
pub fn apply(draft: &mut DraftEntry, decoder: &mut Decoder<'_>, table: &Table<'_>) {
    for (key, node) in table.pairs() {
        let known = OF_OTHER_TOOLS.iter().find(|known| known.key.eq_ignore_ascii_case(&key.value));
        let Some(known) = known else { continue };
        let typed = yaml::typed(node, decoder.source()).map(|typed| typed.value);
        let shows = typed.is_some_and(|typed| typed.eq_ignore_ascii_case(known.shows));
        decoder.suggest(key.span, known.ours[usize::from(!shows)]);
        match known.ours {
            _ if shows => {}
            DRAFT => draft.status = Status::Draft,
            _ => draft.visibility = Visibility::Private,
        }
    }
}
