//! What was read of a site the last time, for whoever reads it again and again. It spares work and decides
//! nothing: the site is the same without it.

use std::sync::Arc;

use super::Theme;
use crate::l10n::StateMemory;
use crate::parse;
use crate::source::{BinaryFile, SourceFile, Sources};
use crate::span::FileId;

/// What each stage remembers.
#[derive(Default, Debug)]
pub struct Memory {
    pub(super) content: parse::Memory,
    pub(super) states: StateMemory,
    theme: Option<(Inputs, Arc<Theme>)>,
}

/// What a theme is made of.
#[derive(Debug)]
struct Inputs {
    templates: Vec<(FileId, Arc<SourceFile>)>,
    assets: Vec<Arc<BinaryFile>>,
}

impl Inputs {
    fn of(sources: &Sources) -> Self {
        let templates = sources.texts_below("theme/templates/");
        let templates = templates.map(|(id, _)| (id, Arc::clone(sources.shared(id)))).collect();
        Self { templates, assets: sources.shared_binaries().to_vec() }
    }

    fn are(&self, other: &Self) -> bool {
        let templates = self.templates.iter().zip(&other.templates);
        let assets = self.assets.iter().zip(&other.assets);
        self.templates.len() == other.templates.len()
            && self.assets.len() == other.assets.len()
            && templates.into_iter().all(|((a, old), (b, new))| a == b && Arc::ptr_eq(old, new))
            && assets.into_iter().all(|(old, new)| Arc::ptr_eq(old, new))
    }
}

impl Memory {
    /// The theme, loaded again if one of its files is another one.
    pub(super) fn theme(&mut self, sources: &Sources) -> Arc<Theme> {
        let inputs = Inputs::of(sources);
        if let Some((known, theme)) = &self.theme
            && known.are(&inputs)
        {
            return Arc::clone(theme);
        }
        let theme = Arc::new(Theme::load(sources));
        self.theme = Some((inputs, Arc::clone(&theme)));
        theme
    }
}
