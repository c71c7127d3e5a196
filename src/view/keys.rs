//! What a page is made of, as a few bytes: where they are the same as before, so is the page.
//!
//! A page's key is a digest over everything that it is made from: for an entry its text, what is said of its claims, and
//! the entries beside it; for a criterion the same of every entry that claims it; for a list of entries its rows. Every
//! other page but the pack shows nothing of the words of entries, and is made of what they say above them. A test builds
//! after random edits and holds every page against a first build.

use super::criterion::next_open;
use super::decisions::standing;
use super::pack::has_packs;
use super::rows::shown_state;
use super::scene::Scene;
use super::{Job, SearchFile, SearchIndex};
use crate::model::{CriterionId, Entry, Line, Piece, Status};
use crate::par;
use crate::text::Facts;

/// Known again by this.
pub type PageKey = [u8; 32];

/// Tells the keys of a site's pages.
#[derive(Debug)]
pub struct PageKeys {
    /// Everything that pages are made from but the entries.
    ground: PageKey,
    /// What entries are called and where they are, for pages that link to some of them.
    names: PageKey,
    /// What each entry is made of.
    entries: Vec<PageKey>,
    /// The rows of all entries that may be seen, for pages that are nothing but a list of them.
    rows: PageKey,
    /// Everything of all entries but their words, for pages that show none.
    heads: PageKey,
}

impl PageKeys {
    /// The keys of a site that stands on `ground`: a digest of everything that it is made from but its entries.
    #[must_use]
    pub fn new(scene: &Scene<'_>, ground: PageKey) -> Self {
        let mut names = Facts::default();
        for (at, entry) in scene.portfolio.entries.iter().enumerate() {
            names.add(entry.path.as_str()).add(&entry.id).add(&entry.title).add(scene.routes.entry(at));
            names.add([u8::from(scene.may_see(at))]);
        }
        for (path, published) in &scene.pictures {
            names.add(path.as_str()).add(format!("{published:?}"));
        }
        let mut all = Facts::default();
        all.add(ground).add([u8::from(has_packs(scene))]);
        let entries: Vec<usize> = (0..scene.portfolio.entries.len()).collect();
        let rows = digest_of(&par::map(&scene.visible, |&at| row(scene, at)));
        let names = names.digest();
        let heads = [names, rows, digest_of(&par::map(&entries, |&at| head(scene, at)))];
        let entries = par::map(&entries, |&at| entry(scene, at));
        Self { ground: all.digest(), names, entries, rows, heads: digest_of(&heads) }
    }

    /// The key of a page; none for one that shows everything.
    #[must_use]
    pub fn of(&self, scene: &Scene<'_>, job: Job) -> Option<PageKey> {
        let mut facts = Facts::default();
        facts.add(self.ground).add(job.path(scene).as_str());
        match job {
            Job::Entry(at) => self.entry_page(scene, at, &mut facts)?,
            Job::Criterion(id) => self.criterion_page(scene, id, &mut facts)?,
            Job::Entries => {
                facts.add(self.rows);
            }
            Job::Matrix(standard) => {
                facts.add(self.rows);
                columns(scene, standard, &mut facts);
            }
            Job::Pack => return None,
            Job::Home
            | Job::Gaps
            | Job::Search
            | Job::Listing(_)
            | Job::Standard(_)
            | Job::Tally(..)
            | Job::Group(_) => {
                facts.add(self.heads);
            }
        }
        Some(facts.digest())
    }

    /// The key of a file of the search index that shows entries; none for those that hold words.
    #[must_use]
    pub fn of_search(&self, scene: &Scene<'_>, index: &SearchIndex, file: SearchFile) -> Option<PageKey> {
        let mut facts = Facts::default();
        facts.add(self.ground).add(file.path().as_str());
        for &at in index.entries_of(scene, file)? {
            facts.add(self.entries[at]);
        }
        Some(facts.digest())
    }

    fn entry_page(&self, scene: &Scene<'_>, at: usize, facts: &mut Facts) -> Option<()> {
        let entry = &scene.portfolio.entries[at];
        facts.add(self.entries[at]);
        let place = scene.visible.binary_search(&at).ok()?;
        for beside in [place.checked_sub(1), place.checked_add(1)] {
            let Some(&beside) = beside.and_then(|beside| scene.visible.get(beside)) else {
                facts.add("none");
                continue;
            };
            facts.add(&scene.portfolio.entries[beside].title).add(scene.routes.entry(beside));
        }
        if leads_elsewhere(entry) {
            facts.add(self.names);
        }
        for (_, known) in scene.coverage.of_claims(at, &entry.claims) {
            let Some((line, piece)) = known else {
                facts.add("none");
                continue;
            };
            facts.add(shown_state(line)).add([u8::from(line.stands_on(piece))]);
            piece_facts(scene, line, piece, facts);
        }
        Some(())
    }

    fn criterion_page(&self, scene: &Scene<'_>, id: CriterionId, facts: &mut Facts) -> Option<()> {
        let next_open = next_open(scene, id).map(|id| scene.routes.criterion(id));
        facts.add(next_open.map_or("none", |page| page));
        let line = scene.coverage.line(id)?;
        facts.add(shown_state(line));
        facts.add(&line.why).add(line.next.as_deref().unwrap_or_default());
        facts.add(line.flags.iter().map(|flag| flag.word()).collect::<Vec<_>>().join(","));
        for piece in &line.pieces {
            facts.add([u8::from(scene.may_see(piece.entry))]);
            facts.add(self.entries[piece.entry]);
            piece_facts(scene, line, piece, facts);
        }
        Some(())
    }
}

/// The head and the foot of a matrix.
fn columns(scene: &Scene<'_>, standard: usize, facts: &mut Facts) {
    for line in &scene.coverage.standards[standard].lines {
        facts.add(shown_state(line)).add(line.counting().count().to_le_bytes());
    }
}

/// How an entry's claim on a criterion stands.
fn piece_facts(scene: &Scene<'_>, line: &Line, piece: &Piece, facts: &mut Facts) {
    facts.add(piece.against.iter().map(|reason| *reason as u8).collect::<Vec<_>>());
    facts.add(standing(scene, line.criterion, piece));
}

/// What every page that shows something of an entry shows of it at most.
fn entry(scene: &Scene<'_>, at: usize) -> PageKey {
    let entry = &scene.portfolio.entries[at];
    let mut facts = Facts::default();
    facts.add(entry.known).add(entry.path.as_str());
    facts.add(scene.routes.entry(at)).add([u8::from(entry.shares_id)]);
    facts.digest()
}

/// What lists of entries and matrices show of one.
fn row(scene: &Scene<'_>, at: usize) -> PageKey {
    let entry = &scene.portfolio.entries[at];
    let mut facts = Facts::default();
    facts
        .add(scene.routes.entry(at))
        .add(&entry.title)
        .add(format!("{:?}", entry.date))
        .add(entry.kind.title());
    facts.add([u8::from(entry.status == Status::Draft)]);
    for (claim, known) in scene.coverage.of_claims(at, &entry.claims) {
        let CriterionId { standard, criterion } = claim.criterion;
        let piece = known.map(|(_, piece)| piece);
        let passage = claim.passages.first().map(|&at| entry.body.passages[at].anchor.as_str());
        facts.add(standard.to_le_bytes()).add(criterion.to_le_bytes()).add(passage.unwrap_or_default());
        facts.add([u8::from(piece.is_some()), u8::from(piece.is_some_and(Piece::accepted))]);
        facts.add(
            piece.map_or_else(Vec::new, |piece| piece.against.iter().map(|reason| *reason as u8).collect()),
        );
    }
    facts.digest()
}

/// What pages show of an entry that show none of its words: what stands above them, and what follows from them.
fn head(scene: &Scene<'_>, at: usize) -> PageKey {
    let entry = &scene.portfolio.entries[at];
    let mut facts = Facts::default();
    facts.add(entry.head).add([u8::from(entry.shares_id), u8::from(entry.has_substance())]);
    for claim in &entry.claims {
        let CriterionId { standard, criterion } = claim.criterion;
        facts.add(standard.to_le_bytes()).add(criterion.to_le_bytes());
    }
    for one in &entry.identifiers {
        facts.add(one.kind.rule()).add(one.confidence.word()).add(&*one.text);
    }
    // Whether it is what was decided about; front matter that cannot be read may say anything.
    if !entry.decisions.is_empty() || entry.unread {
        facts.add(&entry.digest);
    }
    facts.digest()
}

fn digest_of(keys: &[PageKey]) -> PageKey {
    let mut facts = Facts::default();
    for key in keys {
        facts.add(key);
    }
    facts.digest()
}

/// Whether something on an entry's page depends on other files: entries that it links to, pictures, attachments.
fn leads_elsewhere(entry: &Entry) -> bool {
    entry.has_links
        || !entry.attachments.is_empty()
        || entry.actions.iter().any(|action| action.closed_by.is_some())
}
