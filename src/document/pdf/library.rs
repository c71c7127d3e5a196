//! The library for PDF. The only file that names it.

pub(super) use lopdf::content::{Content, Operation};
pub(super) use lopdf::xref::XrefEntry;
pub(super) use lopdf::{
    Dictionary, Document, Encoding, Error, LoadOptions, Object, ObjectId, Stream,
    decode_text_string,
};

/// The name under a key; empty if there is none.
pub(super) fn name_of<'a>(dictionary: &'a Dictionary, key: &[u8]) -> &'a [u8] {
    dictionary
        .get(key)
        .and_then(Object::as_name)
        .unwrap_or_default()
}
