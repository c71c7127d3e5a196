//! Photographs that are dropped on an entry.

use super::dropped::DroppedFiles;
use super::requests::PictureRequest;
use super::state::{Answered, WrittenPortfolio, answer_changed, refuse_locked};
use crate::edit::{Content, Edit, Editor, KeyPath};
use crate::engine::EngineError;
use crate::files::ChangeSet;
use crate::layout;
use crate::model::{Shows, Word};
use crate::render;
use crate::store;
use crate::text::SourcePath;

/// Names tried for a picture.
const MOST_NAMES: usize = 1_000;

/// Makes a clean copy of a dropped picture, puts it with the evidence under a name of its own, and
/// attaches it to the entry. Both are written, or nothing.
pub(super) fn attach_picture(
    portfolio: &mut WrittenPortfolio,
    dropped: &DroppedFiles,
    request: &PictureRequest,
) -> Answered {
    let path = SourcePath::new(&request.path);
    let file = portfolio.read_current(&path)?;
    if file.hash != request.hash {
        return Ok(answer_changed(&path, None, &file));
    }
    refuse_locked(&path, &file)?;
    let alt = request.alt.trim();
    if alt.is_empty() {
        let help = "say in a sentence what it shows, for people who cannot see it";
        return Err(EngineError::refused(
            "the picture needs a description",
            help,
        ));
    }
    let bytes = &dropped.find(&request.dropped)?.bytes;
    let ending = recognise_picture(bytes)?;
    let clean = render::clean(bytes).ok_or_else(|| {
        let help = "open it in another program and save it anew as JPEG or PNG";
        EngineError::refused("the picture is broken or too large", help)
    })?;
    let name = find_name(portfolio, &path, ending)?;
    let mut attachment = vec![
        (
            "file".to_owned(),
            Content::text(&format!("evidence/{name}")),
        ),
        ("alt".to_owned(), Content::text(alt)),
    ];
    if request.shows_nobody {
        let nobody = Content::text(Shows::Nobody.word());
        attachment.push(("shows".to_owned(), nobody));
    }
    let item = Editor::entry(&file.text).count_items("attachments");
    let edit = Edit::Set {
        path: KeyPath::new("attachments").item(item),
        value: Content::Table(attachment),
    };
    let text = super::splice::apply_edit(&file.text, &edit)?;
    let picture = SourcePath::new(&format!("{}/{name}", layout::EVIDENCE));
    let mut changes = ChangeSet::default();
    changes.create(&picture, clean.bytes);
    changes.replace(&path, &file.hash, text);
    store::commit(&portfolio.options().root, &changes)?;
    portfolio.touch(&picture)?;
    portfolio.note_written(&path, &file)
}

/// The ending of a picture of a type that is shown.
fn recognise_picture(bytes: &[u8]) -> Result<&'static str, EngineError> {
    if bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
        return Ok("png");
    }
    if bytes.starts_with(b"\xff\xd8\xff") {
        return Ok("jpg");
    }
    let brand = bytes
        .get(8..12)
        .filter(|_| bytes.get(4..8) == Some(b"ftyp"));
    let is_heic = brand.is_some_and(|brand| {
        [
            b"heic", b"heix", b"heif", b"mif1", b"msf1", b"hevc", b"avif",
        ]
        .contains(&brand.try_into().unwrap_or(b"    "))
    });
    Err(if is_heic {
        let help = "on the phone choose Camera, Formats, Most compatible; or save it as JPEG";
        EngineError::refused("pictures in HEIC cannot be shown", help)
    } else {
        let help = "save it as JPEG or PNG and drop that";
        EngineError::refused("this is no picture in JPEG or PNG", help)
    })
}

/// A free name in the folder of evidence: the entry's file name and a number.
fn find_name(
    portfolio: &WrittenPortfolio,
    path: &SourcePath,
    ending: &str,
) -> Result<String, EngineError> {
    let root = &portfolio.options().root;
    let stem = path.shown_stem();
    for number in 1..=MOST_NAMES {
        let name = format!("{stem}-{number}.{ending}");
        if !store::is_taken(&root.join(layout::EVIDENCE).join(&name))? {
            return Ok(name);
        }
    }
    let message = format!("there are {MOST_NAMES} pictures of this entry");
    Err(EngineError::refused(message, "begin another entry"))
}
