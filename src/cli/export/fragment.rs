//! `rutter export html|md|css`: a part of the page of a product or a scenario, to be included elsewhere.

use super::super::offered::ids;
use super::super::{Failure, base_url, locale_of, unknown};
use super::Refused;
use crate::item::ItemKind;
use crate::locale::LocaleId;
use crate::model::PageRoute;
use crate::render::{Form, Fragment, RenderCache, RenderOptions, Renderer, fragment, fragment_style};
use crate::rules::{Finder, known_ids};
use crate::site::Site;

#[derive(clap::Args)]
pub(super) struct FragmentArguments {
    /// Of a part of a page: the product.
    #[arg(
        long,
        value_name = "ID",
        required_if_eq_any([("format", "html"), ("format", "md")]),
        add = ids(ItemKind::Product)
    )]
    product: Option<String>,
    /// One of its scenarios: what this selection needs, and what it leaves open.
    #[arg(long, value_name = "ID", add = ids(ItemKind::Scenario))]
    scenario: Option<String>,
    /// Address of the published site, to which the links lead [default: `base_url` of site.toml].
    #[arg(long, value_name = "URL")]
    base_url: Option<String>,
    /// Level of the first heading [default: 2].
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u8).range(1..=6))]
    heading_level: Option<u8>,
    /// What the anchors begin with [default: made of product, scenario and language].
    #[arg(long, value_name = "ID")]
    id: Option<String>,
    /// Leave the style sheet out, which `export css` writes alone.
    #[arg(long)]
    without_style: bool,
}

impl FragmentArguments {
    /// What is written whole takes none of them.
    pub(super) fn refuse(&self, why: &str) -> Result<(), Failure> {
        let given = [
            (self.product.is_some(), "--product"),
            (self.scenario.is_some(), "--scenario"),
            (self.base_url.is_some(), "--base-url"),
            (self.heading_level.is_some(), "--heading-level"),
            (self.id.is_some(), "--id"),
            (self.without_style, "--without-style"),
        ];
        match given.into_iter().find(|(is_given, _)| *is_given) {
            None => Ok(()),
            Some((_, name)) => Err(Failure::usage(format!("`{name}` is for `html` and `md`"), why)),
        }
    }
}

/// The page of a product or of one of its scenarios.
pub(in crate::cli) fn find_page(site: &Site, product_id: &str, scenario: Option<&str>) -> Result<PageRoute, Failure> {
    let model = site.model();
    let Some(product) = site.ids().products.find(None, product_id) else {
        let known: Vec<_> = model.products.iter().map(|product| product.id.as_str()).collect();
        return Err(unknown("product", product_id, &known));
    };
    let Some(id) = scenario else { return Ok(PageRoute::Product(product)) };
    let finder = Finder { model, ids: site.ids(), product };
    if let Some(scenario) = finder.scenario(id) {
        return Ok(PageRoute::Scenario(scenario));
    }
    let known = known_ids(finder, ItemKind::Scenario);
    if known.is_empty() {
        let headline = format!("`{product_id}` has no scenarios");
        return Err(Failure::usage(headline, "leave the scenario out"));
    }
    Err(unknown("scenario", id, &known.iter().map(String::as_str).collect::<Vec<_>>()))
}

/// What the anchors of a fragment begin with: on a page that includes several, each has its own.
pub(in crate::cli) fn fragment_id(site: &Site, page: PageRoute, locale: LocaleId) -> String {
    let model = site.model();
    let product = page.product(model).map(|product| model[product].id.as_str());
    let scenario = match page {
        PageRoute::Scenario(scenario) => Some(model[scenario].id.as_str()),
        _ => None,
    };
    let tag = site.config().locales.tag(locale);
    ["rutter"].into_iter().chain(product).chain(scenario).chain([tag]).collect::<Vec<_>>().join("-")
}

/// Without a form the style sheet.
pub(super) fn write(
    site: &Site,
    arguments: &FragmentArguments,
    locale: &str,
    form: Option<Form>,
) -> Result<String, Refused> {
    let options =
        RenderOptions { base_url: base_url("--base-url", arguments.base_url.as_deref())?, ..RenderOptions::default() };
    let renderer = Renderer::new(site, options).map_err(Refused::Render)?;
    let Some(form) = form else { return fragment_style(&renderer).map_err(Refused::Render) };
    let locale = locale_of(site, locale)?;
    let page = find_page(site, arguments.product.as_deref().unwrap_or_default(), arguments.scenario.as_deref())?;
    let base = renderer.base_url().ok_or_else(|| no_base_url("`--base-url https://…`"))?;
    let id = arguments.id.clone().unwrap_or_else(|| fragment_id(site, page, locale));
    if !is_id(&id) {
        let help = "write letters, digits and hyphens, a letter first";
        return Err(Failure::usage(format!("`{id}` is no id"), help).into());
    }
    let wanted = Fragment {
        page,
        locale,
        form,
        base,
        id: &id,
        heading_level: arguments.heading_level.unwrap_or(2),
        has_style: !arguments.without_style,
    };
    fragment(&renderer, &mut RenderCache::default(), &wanted).map_err(Refused::Render)
}

/// `option`: how the address is given beside site.toml.
pub(in crate::cli) fn no_base_url(option: &str) -> Failure {
    Failure::usage(
        "it is not said where the site is published, to which the links lead",
        format!("add {option}, or say it in site.toml as `base_url`"),
    )
}

/// Anything else would have to be escaped in a selector or in an address.
fn is_id(id: &str) -> bool {
    id.starts_with(|c: char| c.is_ascii_alphabetic()) && id.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
}
