//! What was read of a site the last time, for whoever reads it again and again. It spares work and decides
//! nothing: the site is the same without it.

use std::sync::Arc;

use super::Theme;
use super::interface::Interface;
use crate::l10n::StateMemory;
use crate::locale::Locales;
use crate::parse;
use crate::source::{BinaryFile, CONFIG_FILE, SourceFile, Sources};
use crate::span::FileId;

/// What each stage remembers.
#[derive(Default, Debug)]
pub struct Memory {
    pub(super) content: parse::Memory,
    pub(super) states: StateMemory,
    interface: Option<(Texts, Interface)>,
    theme: Option<(Texts, Vec<Arc<BinaryFile>>, Arc<Theme>)>,
}

/// Files that something is made of, at their places: the same files make the same of it.
#[derive(Debug)]
struct Texts(Vec<(FileId, Arc<SourceFile>)>);

impl Texts {
    fn below(sources: &Sources, folders: &[&str]) -> Self {
        let ids = folders.iter().flat_map(|folder| sources.texts_below(folder)).map(|(id, _)| id);
        Self(ids.map(|id| (id, Arc::clone(sources.shared(id)))).collect())
    }
}

impl PartialEq for Texts {
    fn eq(&self, other: &Self) -> bool {
        let mut pairs = self.0.iter().zip(&other.0);
        self.0.len() == other.0.len() && pairs.all(|((a, old), (b, new))| a == b && Arc::ptr_eq(old, new))
    }
}

impl Memory {
    /// The interface, read again if one of its files is another one.
    pub(super) fn interface(&mut self, sources: &Sources, locales: &Locales) -> Interface {
        let inputs = Texts::below(sources, &[CONFIG_FILE, "i18n/", "theme/rules/"]);
        match &self.interface {
            Some((known, interface)) if *known == inputs => interface.clone(),
            _ => {
                let interface = Interface::read(sources, locales);
                self.interface.insert((inputs, interface)).1.clone()
            }
        }
    }

    /// The theme, loaded again if one of its files is another one.
    pub(super) fn theme(&mut self, sources: &Sources) -> Arc<Theme> {
        let templates = Texts::below(sources, &["theme/templates/"]);
        let binaries = sources.shared_binaries();
        if let Some((known, others, theme)) = &self.theme
            && *known == templates
            && others.len() == binaries.len()
            && others.iter().zip(binaries).all(|(old, new)| Arc::ptr_eq(old, new))
        {
            return Arc::clone(theme);
        }
        let theme = Arc::new(Theme::load(sources));
        self.theme = Some((templates, binaries.to_vec(), Arc::clone(&theme)));
        theme
    }
}
