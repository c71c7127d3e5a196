//! Named resources and colours.

use super::library::{Dictionary, Document, Object};
use super::shown::PageColour;
use super::stream::resolve;

/// A resource of a kind by its name.
pub(super) fn find<'a>(
    kind: &[u8],
    name: &[u8],
    resources: &[&'a Dictionary],
    document: &'a Document,
) -> Option<&'a Object> {
    resources.iter().find_map(|one| {
        let of_kind = one
            .get_deref(kind, document)
            .and_then(Object::as_dict)
            .ok()?;
        of_kind.get_deref(name, document).ok()
    })
}

/// Whether the components of a colour space are shares of grey, RGB or CMYK.
pub(super) fn is_plain_space(
    operands: &[Object],
    resources: &[&Dictionary],
    document: &Document,
) -> bool {
    let is_plain = |name: &[u8]| {
        matches!(
            name,
            b"DeviceGray" | b"DeviceRGB" | b"DeviceCMYK" | b"CalGray" | b"CalRGB" | b"ICCBased"
        )
    };
    let Some(name) = operands.first().and_then(|name| name.as_name().ok()) else {
        return false;
    };
    is_plain(name)
        || find(b"ColorSpace", name, resources, document).is_some_and(|space| match space {
            Object::Name(name) => is_plain(name),
            Object::Array(parts) => parts
                .first()
                .and_then(|first| resolve(first, document).as_name().ok())
                .is_some_and(is_plain),
            _ => false,
        })
}

/// The colour of components: one of grey, three of RGB, four of CMYK.
pub(super) fn colour_of(numbers: &[f64]) -> Option<PageColour> {
    match *numbers {
        [grey] => Some([grey; 3]),
        [red, green, blue] => Some([red, green, blue]),
        [cyan, magenta, yellow, black] => {
            Some([cyan, magenta, yellow].map(|ink| (1.0 - ink) * (1.0 - black)))
        }
        _ => None,
    }
}
