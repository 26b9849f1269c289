//! How the files of an index are cut. It follows from the number of documents alone, so that every
//! file has its name before anything is indexed.

/// A token in more documents than one in this many is dense.
const DENSE: usize = 64;

/// Sizes of an index.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Shape {
    pub(super) documents: u32,
    /// Files of tokens.
    pub(super) buckets: u32,
    /// Files of dense tokens; none where buckets are small anyway.
    pub(super) dense: u32,
    /// Documents in a block.
    pub(super) block: u32,
    /// Whether there is an `index.json`.
    pub(super) has_one_file: bool,
}

impl Shape {
    /// `most_in_one_file`: up to how many documents there is an `index.json`.
    pub(super) fn of(documents: usize, most_in_one_file: u32) -> Self {
        let documents = documents as u32;
        let buckets = (documents / 32).next_power_of_two().clamp(8, 1024);
        let dense = if documents < 2_000 { 0 } else { buckets };
        Self { documents, buckets, dense, block: 32, has_one_file: documents <= most_in_one_file }
    }

    pub(super) fn blocks(self) -> u32 {
        self.documents.div_ceil(self.block)
    }

    /// The bucket of a token, by its first two characters: all that continue a typed word of two
    /// letters stand in one.
    pub(super) fn bucket(self, token: &str) -> u32 {
        hash(token.chars().take(2)) % self.buckets
    }

    /// The file of a token that so many documents hold, if it is dense.
    pub(super) fn dense_file(self, token: &str, documents: usize) -> Option<u32> {
        let is_dense = self.dense > 0 && documents * DENSE > self.documents as usize;
        is_dense.then(|| hash(token.chars()) % self.dense)
    }
}

/// Over code points, modulo 2^32.
fn hash(chars: impl Iterator<Item = char>) -> u32 {
    chars.fold(0, |hash: u32, c| hash.wrapping_mul(31).wrapping_add(u32::from(c)))
}
