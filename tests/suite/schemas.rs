//! The schemas we publish describe the data we publish.

use rutter::inside::render::ApiFile;
use serde_json::Value;

use crate::support::{api, load, real_files, render, repository};

fn names() -> impl Iterator<Item = &'static str> {
    ApiFile::ALL.iter().map(|file| file.name())
}

#[test]
fn the_real_data_is_valid_under_its_schemas() {
    let files = render(&load(&real_files()));
    for name in names() {
        let schema: Value = serde_json::from_slice(&files[&format!("api/v1/{name}.schema.json")]).unwrap();
        let validator = jsonschema::validator_for(&schema).unwrap();
        let data = api(&files, name);
        let errors: Vec<_> = validator.iter_errors(&data).map(|error| error.to_string()).take(5).collect();
        assert!(errors.is_empty(), "{name}: {errors:?}");
        assert!(!data[name].as_array().unwrap().is_empty(), "{name} is empty");
    }
}

#[test]
fn a_schema_refuses_what_lacks_a_key() {
    let files = render(&load(&real_files()));
    for name in names() {
        let schema: Value = serde_json::from_slice(&files[&format!("api/v1/{name}.schema.json")]).unwrap();
        let validator = jsonschema::validator_for(&schema).unwrap();
        let data = api(&files, name);
        let keys: Vec<_> = data[name][0].as_object().unwrap().keys().cloned().collect();
        for key in keys {
            let mut broken = data.clone();
            broken[name][0].as_object_mut().unwrap().remove(&key);
            assert!(!validator.is_valid(&broken), "{name} without `{key}` passes");
        }
    }
}

#[test]
fn every_permalink_of_the_data_leads_to_a_page_and_an_anchor() {
    let files = render(&load(&real_files()));
    let mut count = 0;
    for name in ["flows", "components", "products"] {
        for item in api(&files, name)[name].as_array().unwrap() {
            for permalink in item["permalinks"].as_object().unwrap().values() {
                let permalink = permalink.as_str().unwrap();
                let (page, anchor) =
                    permalink.split_once('#').map_or((permalink, None), |(page, anchor)| (page, Some(anchor)));
                let html = String::from_utf8_lossy(
                    files.get(&format!("{page}index.html")).unwrap_or_else(|| panic!("{permalink} leads nowhere")),
                );
                assert!(
                    anchor.is_none_or(|anchor| html.contains(&format!("id=\"{anchor}\""))),
                    "{permalink} has no anchor"
                );
                count += 1;
            }
        }
    }
    assert!(count > 300);
}

#[test]
fn the_handbook_names_every_data_file() {
    let commands = std::fs::read_to_string(repository().join("docs/commands.md")).unwrap();
    let named: Vec<_> = names().map(|name| format!("`{name}`")).collect();
    assert!(
        commands.contains(&format!("beside its schema: {}.", named.join(", "))),
        "docs/commands.md, section schema"
    );
}
