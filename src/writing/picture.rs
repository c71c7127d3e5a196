//! Photographs that are dropped on an entry.

use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;

use super::answers::WriteAnswer;
use super::dropped::DroppedFiles;
use super::requests::PictureRequest;
use super::state::{Answered, WrittenPortfolio, answer_changed, refuse_locked};
use crate::edit::{Content, Edit, Editor, KeyPath};
use crate::engine::EngineError;
use crate::files::ChangeSet;
use crate::layout;
use crate::model::{Shows, Word};
use crate::privacy::mask_path;
use crate::render;
use crate::store::{self, DiskFiles, Files as _};
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
        return Ok(answer_changed(&path, &file));
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
    let consent = find_consent(portfolio, request)?;
    let bytes = &dropped.find(&request.dropped)?.bytes;
    let ending = recognise_picture(bytes)?;
    let clean = render::clean(bytes).ok_or_else(|| {
        let help = "open it in another program and save it anew as JPEG or PNG";
        EngineError::refused("the picture is broken or too large", help)
    })?;
    let name = find_name(portfolio, &path, ending)?;
    let file_line = Content::text(&format!("evidence/{name}"));
    let cleared = match consent {
        Some(id) => ("consent".to_owned(), Content::text(&id)),
        None => ("shows".to_owned(), Content::text(Shows::Nobody.word())),
    };
    let attachment = vec![
        ("file".to_owned(), file_line),
        ("alt".to_owned(), Content::text(alt)),
        cleared,
    ];
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

/// The consent that a picture needs; `None` if its learner states that nobody can be recognised on it.
///
/// # Errors
/// There is neither.
fn find_consent(
    portfolio: &WrittenPortfolio,
    request: &PictureRequest,
) -> Result<Option<String>, EngineError> {
    let Some(id) = request.consent.as_deref().map(str::trim) else {
        let message = "nothing says that nobody can be recognised on the picture";
        let help = "confirm it, or choose the consent of those who can be";
        return if request.shows_nobody {
            Ok(None)
        } else {
            Err(EngineError::refused(message, help))
        };
    };
    if portfolio.snapshot().portfolio.register.find(id).is_none() {
        let help = "note the consent first";
        let message = "this consent is not in the register";
        return Err(EngineError::refused(message, help));
    }
    Ok(Some(id.to_owned()))
}

/// A clean copy of a picture that an entry attaches or shows.
pub(super) fn look_at(portfolio: &WrittenPortfolio, path: &str, file: &str) -> Answered {
    let at = portfolio.find(&SourcePath::new(path))?;
    let project = portfolio.snapshot();
    let entry = &project.portfolio.entries[at];
    let base = SourcePath::new(layout::SETTINGS);
    let attached = entry.front_matter.attachments.iter();
    let attached = attached
        .filter(|one| mask_path(&one.file.value).0 == file)
        .filter_map(|one| base.join(&one.file.value));
    let linked = entry.linked_files.values().cloned();
    let all = entry.front_matter.attachments.iter();
    let all = all
        .filter_map(|one| base.join(&one.file.value))
        .chain(linked);
    let mut found = attached.chain(all.filter(|one| one.shown() == file));
    let unknown = || EngineError::refused("this picture cannot be shown", "");
    // Only files among the evidence: links that lead elsewhere are not.
    let source = found.find(|one| project.portfolio.evidence.contains_key(one));
    let source = source.ok_or_else(unknown)?;
    let bytes = DiskFiles::new(&portfolio.options().root).read(source.as_str())?;
    let kind = match recognise_picture(&bytes)? {
        "png" => "image/png",
        _ => "image/jpeg",
    };
    let clean = render::clean(&bytes).ok_or_else(unknown)?;
    Ok(WriteAnswer::Look {
        r#type: kind,
        base64: BASE64.encode(clean.bytes),
    })
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
