//! Re-encodes pictures without metadata. The only file that names the image library.

use std::io::Cursor;

use image::codecs::jpeg::JpegEncoder;
use image::{DynamicImage, ImageDecoder, ImageFormat, ImageReader, Limits};

use crate::document::MAX_PIXELS;

/// The most pixels across: wider pictures are scaled down, because no page shows more.
const MAX_WIDTH: u32 = 1400;

/// The most pixels down.
const MAX_HEIGHT: u32 = 4000;

/// A re-encoded picture, which has nothing but the pixels of the original.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReencodedPicture {
    /// The content of the file.
    pub bytes: Vec<u8>,
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
}

/// Decodes a PNG or JPEG, applies its orientation, and encodes it again without metadata. `None` if
/// it is neither, is broken, or would need more than 512 MiB.
#[must_use]
pub fn clean(bytes: &[u8]) -> Option<ReencodedPicture> {
    let mut reader = ImageReader::new(Cursor::new(bytes))
        .with_guessed_format()
        .ok()?;
    let mut limits = Limits::default();
    limits.max_alloc = Some(512 * 1024 * 1024);
    reader.limits(limits);
    let format = reader.format()?;
    let mut decoder = reader.into_decoder().ok()?;
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > MAX_PIXELS {
        return None;
    }
    let turned = decoder.orientation().ok();
    let mut picture = DynamicImage::from_decoder(decoder).ok()?;
    if let Some(turned) = turned {
        picture.apply_orientation(turned);
    }
    if picture.width() > MAX_WIDTH || picture.height() > MAX_HEIGHT {
        picture = picture.thumbnail(MAX_WIDTH, MAX_HEIGHT);
    }
    let mut out = Vec::new();
    match format {
        ImageFormat::Png => picture
            .write_to(&mut Cursor::new(&mut out), ImageFormat::Png)
            .ok()?,
        ImageFormat::Jpeg => {
            JpegEncoder::new_with_quality(&mut out, 82)
                .encode_image(&picture.to_rgb8())
                .ok()?;
        }
        _ => return None,
    }
    Some(ReencodedPicture {
        width: picture.width(),
        height: picture.height(),
        bytes: out,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn metadata_is_removed_and_other_files_are_refused() {
        let mut png = Vec::new();
        let picture = DynamicImage::new_rgb8(3, 2);
        assert!(
            picture
                .write_to(&mut Cursor::new(&mut png), ImageFormat::Png)
                .is_ok()
        );
        // A tEXt chunk after the header: length, type, data, checksum.
        let mut chunk = vec![0, 0, 0, 11];
        chunk.extend(b"tEXtName\0secret");
        chunk.extend(crc(&chunk[4..]).to_be_bytes());
        chunk.splice(0..4, 11_u32.to_be_bytes());
        png.splice(33..33, chunk);
        let clean = clean(&png);
        let clean = clean.as_ref().map(|clean| {
            (
                clean.width,
                clean.height,
                clean.bytes.windows(6).any(|w| w == b"secret"),
            )
        });
        assert_eq!(clean, Some((3, 2, false)));
        assert_eq!(super::clean(b"%PDF-1.7"), None);
    }

    fn crc(bytes: &[u8]) -> u32 {
        !bytes.iter().fold(!0_u32, |crc, byte| {
            (0..8).fold(crc ^ u32::from(*byte), |crc, _| {
                if crc & 1 == 1 {
                    (crc >> 1) ^ 0xEDB8_8320
                } else {
                    crc >> 1
                }
            })
        })
    }
}
