//! Parts of a document that are not markup: pictures, and files without a reader.

use super::carried::{ContentKind, Contents};
use super::picture;

/// Records the contents of a picture in a document.
pub(super) fn read_picture(bytes: &[u8], carried: &mut Contents) {
    match picture::read(bytes) {
        Some(found) => carried.add_part(&found),
        None => carried.note(ContentKind::OtherPicture),
    }
}

/// Records a part that is neither markup nor a picture: as `trace`, or as macros if it has any.
///
/// Names inside OLE files (UTF-16) and zips (ASCII) are stored uncompressed, so macros are found
/// under any name of the part.
pub(super) fn read_other(trace: ContentKind, bytes: &[u8], carried: &mut Contents) {
    const IN_ZIP: &[u8] = b"vbaProject";
    const IN_OLE: &[u8] = b"_\0V\0B\0A\0_\0P\0R\0O\0J\0E\0C\0T\0";
    let holds = |name: &[u8]| {
        bytes
            .windows(name.len())
            .any(|here| here.eq_ignore_ascii_case(name))
    };
    if trace == ContentKind::Macro || holds(IN_ZIP) || holds(IN_OLE) {
        carried.note_once(ContentKind::Macro);
    } else {
        carried.note(trace);
    }
}
