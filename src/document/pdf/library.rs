//! The library for PDF. The only file that names it.

pub(super) use lopdf::content::{Content, Operation};
pub(super) use lopdf::xref::XrefEntry;
pub(super) use lopdf::{
    Dictionary, Document, Encoding, Error, LoadOptions, Object, ObjectId, Stream,
    decode_text_string,
};
