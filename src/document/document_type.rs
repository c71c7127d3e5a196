//! Types of documents.

use strum::{IntoStaticStr, VariantArray};

/// Types of documents that a portfolio may allow to be published.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "kebab-case")]
pub enum DocumentType {
    /// Portable Document Format.
    Pdf,
    /// Word document.
    Docx,
    /// Excel workbook.
    Xlsx,
    /// PowerPoint presentation.
    Pptx,
    /// OpenDocument text.
    Odt,
    /// OpenDocument spreadsheet.
    Ods,
    /// OpenDocument presentation.
    Odp,
}

impl DocumentType {
    /// The type with the extension of a file name; `None` if there is none.
    #[must_use]
    pub fn of_file(name: &str) -> Option<Self> {
        let ending = name.rsplit_once('.')?.1.to_lowercase();
        Self::VARIANTS
            .iter()
            .copied()
            .find(|one| one.ending() == ending)
    }

    /// The file extension, without a point.
    #[must_use]
    pub fn ending(self) -> &'static str {
        self.into()
    }

    /// The name of the type on pages.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::Pdf => "PDF",
            Self::Docx => "Word document",
            Self::Xlsx => "Excel workbook",
            Self::Pptx => "PowerPoint presentation",
            Self::Odt => "OpenDocument text",
            Self::Ods => "OpenDocument spreadsheet",
            Self::Odp => "OpenDocument presentation",
        }
    }
}
