//! Re-encodes pictures without metadata. The only file that names the image libraries.

use std::io::Cursor;

use image::codecs::jpeg::JpegEncoder;
use image::{DynamicImage, ImageDecoder, ImageFormat, ImageReader, Limits};
use moxcms::{ColorProfile, DataColorSpace, Layout, TransformOptions};

use crate::document::MAX_PIXELS;

/// The box of an ordinary picture, in pixels: no page shows more.
const ORDINARY: (u32, u32) = (1400, 4000);

/// A picture that is this many times as long as it is wide is a strip, such as an ECG or a long
/// screenshot. It is read along its long side, so it keeps that side.
const STRIP: u32 = 3;

/// The longer side of a strip, in pixels. Browsers draw up to 32,767.
const LONGEST_STRIP: u32 = 30_000;

/// The shorter side of a strip, in pixels.
const WIDEST_STRIP: u32 = 1400;

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

/// Decodes a PNG or JPEG, applies its orientation, converts its colours to sRGB, and encodes it again
/// without metadata. `None` if it is neither, is broken, or would need more than 512 MiB.
#[must_use]
pub fn clean(bytes: &[u8]) -> Option<ReencodedPicture> {
    let (mut picture, format) = decode(bytes)?;
    let (width, height) = fit(picture.width(), picture.height());
    if picture.width() > width || picture.height() > height {
        picture = picture.thumbnail(width, height);
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

/// Whether [`clean`] can make a copy of the picture.
#[must_use]
pub fn is_showable(bytes: &[u8]) -> bool {
    decode(bytes).is_some()
}

fn decode(bytes: &[u8]) -> Option<(DynamicImage, ImageFormat)> {
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
    let profile = decoder.icc_profile().ok().flatten();
    let mut picture = DynamicImage::from_decoder(decoder).ok()?;
    if let Some(converted) = profile.and_then(|profile| convert_to_srgb(&picture, &profile)) {
        picture = converted;
    }
    if let Some(turned) = turned {
        picture.apply_orientation(turned);
    }
    Some((picture, format))
}

/// The picture with its colours in sRGB; `None` if the profile is not one of RGB colours, or cannot
/// be read. The decoder turns CMYK into RGB by itself, so its profile no longer applies.
fn convert_to_srgb(picture: &DynamicImage, profile: &[u8]) -> Option<DynamicImage> {
    let profile = ColorProfile::new_from_slice(profile).ok()?;
    if profile.color_space != DataColorSpace::Rgb {
        return None;
    }
    if picture.color().has_alpha() {
        let source = picture.to_rgba8();
        let pixels = convert_pixels(source.as_raw(), Layout::Rgba, &profile)?;
        let (width, height) = source.dimensions();
        image::RgbaImage::from_raw(width, height, pixels).map(DynamicImage::ImageRgba8)
    } else {
        let source = picture.to_rgb8();
        let pixels = convert_pixels(source.as_raw(), Layout::Rgb, &profile)?;
        let (width, height) = source.dimensions();
        image::RgbImage::from_raw(width, height, pixels).map(DynamicImage::ImageRgb8)
    }
}

/// Converts pixels of a profile to sRGB; `None` if the profile cannot be used.
fn convert_pixels(source: &[u8], layout: Layout, profile: &ColorProfile) -> Option<Vec<u8>> {
    let (srgb, options) = (ColorProfile::new_srgb(), TransformOptions::default());
    let transform = profile.create_transform_8bit(layout, &srgb, layout, options);
    let mut pixels = vec![0; source.len()];
    transform.ok()?.transform(source, &mut pixels).ok()?;
    Some(pixels)
}

/// The box that a picture is scaled down to, if it is larger.
fn fit(width: u32, height: u32) -> (u32, u32) {
    let (short, long) = (width.min(height), width.max(height));
    if long / STRIP < short {
        ORDINARY
    } else if width > height {
        (LONGEST_STRIP, WIDEST_STRIP)
    } else {
        (WIDEST_STRIP, LONGEST_STRIP)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn encoded(picture: &DynamicImage, format: ImageFormat) -> Vec<u8> {
        let mut bytes = Vec::new();
        let written = picture.write_to(&mut Cursor::new(&mut bytes), format);
        assert!(written.is_ok());
        bytes
    }

    /// Adds a chunk after the header of a PNG.
    fn with_chunk(mut png: Vec<u8>, name: [u8; 4], body: &[u8]) -> Vec<u8> {
        let mut chunk = u32::try_from(body.len())
            .unwrap_or_default()
            .to_be_bytes()
            .to_vec();
        chunk.extend(name);
        chunk.extend(body);
        chunk.extend(crc(&chunk[4..]).to_be_bytes());
        png.splice(33..33, chunk);
        png
    }

    #[test]
    fn metadata_is_removed_and_other_files_are_refused() {
        let png = encoded(&DynamicImage::new_rgb8(3, 2), ImageFormat::Png);
        let png = with_chunk(png, *b"tEXt", b"Name\0secret");
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
        assert!(!is_showable(b"%PDF-1.7"));
    }

    #[test]
    fn colours_of_another_profile_become_srgb() {
        let red = image::RgbImage::from_pixel(4, 4, image::Rgb([200, 60, 50]));
        let mut jpeg = encoded(&DynamicImage::ImageRgb8(red), ImageFormat::Jpeg);
        let profile = ColorProfile::new_display_p3().encode().unwrap_or_default();
        assert!(!profile.is_empty());
        let mut segment = b"ICC_PROFILE\0\x01\x01".to_vec();
        segment.extend(&profile);
        let length = u16::try_from(segment.len() + 2).unwrap_or_default();
        let whole = [&[0xff, 0xe2], &length.to_be_bytes()[..], &segment].concat();
        jpeg.splice(2..2, whole);
        let shown = decode(&jpeg).map(|(picture, _)| picture.to_rgb8().get_pixel(1, 1).0);
        // The same red needs more of the smaller space.
        assert!(
            shown.is_some_and(|[red, green, _]| red > 210 && green < 50),
            "{shown:?}"
        );
    }

    #[test]
    fn strips_keep_their_long_side() {
        for ((width, height), expected) in [
            ((4000, 3000), (1400, 1050)),
            ((3000, 4000), (1400, 1866)),
            ((1080, 12_000), (1080, 12_000)),
            ((15_000, 1000), (15_000, 1000)),
            ((9000, 2800), (4500, 1400)),
        ] {
            let (across, down) = fit(width, height);
            let scale = (f64::from(across) / f64::from(width))
                .min(f64::from(down) / f64::from(height))
                .min(1.0);
            let near =
                |one: u32, other: u32| (f64::from(one) * scale - f64::from(other)).abs() < 2.0;
            assert!(
                near(width, expected.0) && near(height, expected.1),
                "{width} × {height}"
            );
        }
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
