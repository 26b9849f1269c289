//! A workflow run as GitHub would, on this machine: its `run` steps for real, in order, in a fresh
//! clone; of the actions it uses, what they do to files. What this runner does not know it refuses,
//! so that no part of a workflow goes untested unnoticed.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::{Map, Value};

use crate::support::{repository, transcript};

/// What happened on the other side.
#[derive(Clone, Copy)]
pub(super) struct Event {
    pub(super) name: &'static str,
    pub(super) reference: &'static str,
}

pub(super) const PUSH_TO_MAIN: Event = Event { name: "push", reference: "refs/heads/main" };
pub(super) const PULL_REQUEST: Event = Event { name: "pull_request", reference: "refs/pull/7/merge" };

/// The far side: a repository, its Pages, and a machine for its jobs.
pub(super) struct Hub {
    folder: PathBuf,
    /// What `configure-pages` says; it has no slash at its end.
    base_url: &'static str,
    /// Composite actions of other repositories, by their names: where they are unpacked.
    actions: BTreeMap<String, PathBuf>,
}

/// How a run ended.
#[derive(Default)]
pub(super) struct Run {
    /// What all steps printed.
    pub(super) log: String,
    /// The step that failed, as written.
    pub(super) failed: Option<String>,
    /// Name → folder.
    pub(super) artifacts: BTreeMap<String, PathBuf>,
    /// What Pages serves from now on.
    pub(super) deployed: Option<PathBuf>,
}

/// What expressions and steps of one job see.
struct Job<'a> {
    event: Event,
    workspace: PathBuf,
    environment: BTreeMap<String, String>,
    /// Step → output → value.
    outputs: BTreeMap<String, BTreeMap<String, String>>,
    permissions: &'a Map<String, Value>,
    /// What an action was given.
    inputs: BTreeMap<String, String>,
}

impl Hub {
    /// A hub in a folder of its own below `target/`, emptied. Dependencies it compiled stay beside
    /// it; of rutter itself nothing does, since cargo takes one clone of a package for another.
    pub(super) fn new(name: &str, base_url: &'static str) -> Self {
        let folder = compiled().join(name);
        let _ = std::fs::remove_dir_all(&folder);
        std::fs::create_dir_all(folder.join("home/.cargo")).unwrap();
        forget_rutter(&folder.with_extension("target"));
        // What was fetched once serves here too: the tests use no network.
        let cargo = std::env::var_os("CARGO_HOME").map_or_else(|| home().join(".cargo"), PathBuf::from);
        for shared in ["registry", "config.toml"] {
            if cargo.join(shared).exists() {
                std::os::unix::fs::symlink(cargo.join(shared), folder.join("home/.cargo").join(shared)).unwrap();
            }
        }
        git(&folder, &["init", "--quiet", "--bare", "--initial-branch=main", "origin.git"]);
        Self { folder, base_url, actions: BTreeMap::new() }
    }

    /// Where cargo compiles.
    pub(super) fn target(&self) -> PathBuf {
        self.folder.with_extension("target")
    }

    pub(super) fn origin(&self) -> PathBuf {
        self.folder.join("origin.git")
    }

    /// A fresh clone on a desk.
    pub(super) fn clone_to(&self, name: &str) -> PathBuf {
        git(&self.folder, &["clone", "--quiet", "origin.git", name]);
        self.folder.join(name)
    }

    /// Lends the dependencies that were compiled the last time to a place where cargo compiles.
    pub(super) fn lend_dependencies(&self, place: &str) {
        let place = self.folder.join(place);
        std::fs::create_dir_all(place.parent().unwrap()).unwrap();
        std::os::unix::fs::symlink(self.folder.with_extension("target"), place).unwrap();
    }

    /// An action of another repository, unpacked without its history.
    pub(super) fn unpack_action(&mut self, name: &str, files: &BTreeMap<String, Vec<u8>>) {
        let folder = self.folder.join("actions").join(name);
        crate::support::write_files(&folder, files);
        self.actions.insert(name.to_owned(), folder);
    }

    pub(super) fn action(&self, name: &str) -> &Path {
        &self.actions[name]
    }

    /// A command of this hub's machines, which know nothing of who runs the tests.
    pub(super) fn command(&self, program: &str) -> Command {
        let mut command = Command::new(program);
        for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("GITHUB_") || name.starts_with("RUTTER_"))
        {
            command.env_remove(name);
        }
        let rustup = std::env::var_os("RUSTUP_HOME").map_or_else(|| home().join(".rustup"), PathBuf::from);
        command
            .env("HOME", self.folder.join("home"))
            .env("CARGO_HOME", self.folder.join("home/.cargo"))
            .env("RUSTUP_HOME", rustup)
            .env("CARGO_TARGET_DIR", self.folder.with_extension("target"))
            .env("NO_COLOR", "1");
        command
    }

    /// Runs the jobs of a workflow of the commit at a reference.
    pub(super) fn run(&self, workflow: &str, branch: &str, event: Event) -> Run {
        let text = git(&self.origin(), &["show", &format!("{branch}:.github/workflows/{workflow}")]);
        let workflow: Value = serde_saphyr::from_str(&text).unwrap();
        let starts = match &workflow["on"] {
            Value::Array(events) => events.iter().any(|known| known == event.name),
            events => events.as_object().unwrap().contains_key(event.name),
        };
        assert!(starts, "{} starts no run", event.name);
        let mut run = Run::default();
        let mut waiting: Vec<_> = workflow["jobs"].as_object().unwrap().iter().collect();
        while !waiting.is_empty() && run.failed.is_none() {
            let waits = |needs: &Value| waiting.iter().any(|(name, _)| needs.as_str() == Some(name.as_str()));
            let next = waiting.iter().position(|(_, job)| !waits(&job["needs"])).unwrap();
            let (name, job) = waiting.remove(next);
            self.run_job(name, branch, &workflow, job, event, &mut run);
        }
        run
    }

    fn run_job(&self, name: &str, branch: &str, workflow: &Value, job: &Value, event: Event, run: &mut Run) {
        let workspace = self.folder.join("workspace");
        let _ = std::fs::remove_dir_all(&workspace);
        std::fs::create_dir_all(&workspace).unwrap();
        let mut context = Job {
            event,
            workspace,
            environment: BTreeMap::new(),
            outputs: BTreeMap::new(),
            permissions: job["permissions"].as_object().unwrap(),
            inputs: BTreeMap::new(),
        };
        if !context.holds(&job["if"]) {
            return;
        }
        for level in [&workflow["env"], &job["env"]] {
            let more = context.texts(level);
            context.environment.extend(more);
        }
        self.run_steps(name, branch, &job["steps"], &mut context, run);
    }

    /// `None`: one failed.
    fn run_steps(&self, name: &str, branch: &str, steps: &Value, job: &mut Job<'_>, run: &mut Run) -> Option<()> {
        for (number, step) in steps.as_array().unwrap().iter().enumerate() {
            let id = step["id"].as_str().map_or_else(|| number.to_string(), str::to_owned);
            job.outputs.insert(id.clone(), BTreeMap::new());
            if !job.holds(&step["if"]) {
                continue;
            }
            let outputs = match (step["run"].as_str(), step["uses"].as_str()) {
                (Some(script), None) => self.run_script(script, job, step, run)?,
                (None, Some(action)) => match self.actions.get(action.split('@').next().unwrap()) {
                    Some(folder) => self.run_action(folder, branch, job, step, run)?,
                    None => self.use_action(action, branch, job, step, run),
                },
                _ => panic!("{name}: a step runs or uses: {step}"),
            };
            job.outputs.insert(id, outputs);
        }
        Some(())
    }

    /// A composite action: its steps, which see its inputs and none of the other steps.
    fn run_action(
        &self,
        folder: &Path,
        branch: &str,
        job: &Job<'_>,
        step: &Value,
        run: &mut Run,
    ) -> Option<BTreeMap<String, String>> {
        let action: Value =
            serde_saphyr::from_str(&std::fs::read_to_string(folder.join("action.yml")).unwrap()).unwrap();
        assert_eq!(action["runs"]["using"], "composite");
        let declared = action["inputs"].as_object().unwrap();
        let mut inputs: BTreeMap<_, _> = declared
            .iter()
            .map(|(name, input)| (name.clone(), input["default"].as_str().unwrap().to_owned()))
            .collect();
        for (name, value) in job.texts(&step["with"]) {
            assert!(inputs.insert(name.clone(), value).is_some(), "{name} is no input");
        }
        let mut environment = job.environment.clone();
        environment.insert("GITHUB_ACTION_PATH".to_owned(), folder.to_str().unwrap().to_owned());
        let mut own = Job { environment, outputs: BTreeMap::new(), inputs, workspace: job.workspace.clone(), ..*job };
        for script in action["runs"]["steps"].as_array().unwrap().iter().filter(|step| step["run"].is_string()) {
            assert_eq!(script["shell"], "bash", "a step of an action names its shell: {script}");
        }
        self.run_steps("action.yml", branch, &action["runs"]["steps"], &mut own, run)?;
        let outputs = action["outputs"].as_object().unwrap().iter();
        Some(outputs.map(|(name, output)| (name.clone(), own.replace(output["value"].as_str().unwrap()))).collect())
    }

    /// `None`: it failed.
    fn run_script(&self, script: &str, job: &Job<'_>, step: &Value, run: &mut Run) -> Option<BTreeMap<String, String>> {
        let outputs = self.folder.join("outputs");
        std::fs::write(&outputs, "").unwrap();
        let output = self
            .command("bash")
            .args(["-e", "-c", script])
            .current_dir(&job.workspace)
            .envs(&job.environment)
            .envs(job.texts(&step["env"]))
            .envs([("CI", "true"), ("GITHUB_ACTIONS", "true")])
            .envs([("GITHUB_EVENT_NAME", job.event.name), ("GITHUB_REF", job.event.reference)])
            .env("GITHUB_OUTPUT", &outputs)
            .output()
            .unwrap();
        run.log.extend(["$ ", script, "\n", &transcript(&output)]);
        if !output.status.success() {
            run.failed = Some(script.to_owned());
            return None;
        }
        let outputs = std::fs::read_to_string(outputs).unwrap();
        let pair = |line: &str| line.split_once('=').map(|(name, value)| (name.to_owned(), value.to_owned()));
        Some(outputs.lines().map(|line| pair(line).unwrap_or_else(|| panic!("no output: {line}"))).collect())
    }

    fn use_action(
        &self,
        action: &str,
        branch: &str,
        job: &Job<'_>,
        step: &Value,
        run: &mut Run,
    ) -> BTreeMap<String, String> {
        let with = job.texts(&step["with"]);
        let is_hidden_kept = with.get("include-hidden-files").is_some_and(|value| value == "true");
        match action.split('@').next().unwrap() {
            "actions/checkout" => {
                job.needs_permission("contents", &["read"]);
                assert_eq!(with["persist-credentials"], "false");
                let origin = self.origin();
                git(&self.folder, &["clone", "--quiet", "--branch", branch, origin.to_str().unwrap(), "workspace"]);
            }
            "actions/cache" => {
                assert!(
                    !with["path"].is_empty() && !with["key"].ends_with('-'),
                    "nothing tells caches apart: {with:?}"
                );
            }
            "actions/configure-pages" => {
                job.needs_permission("pages", &["read", "write"]);
                return BTreeMap::from([("base_url".to_owned(), self.base_url.to_owned())]);
            }
            "actions/upload-pages-artifact" => {
                assert!(is_hidden_kept, "this version leaves out .well-known unless told");
                self.upload("github-pages", &job.workspace.join(&with["path"]), run);
            }
            "actions/upload-artifact" => {
                assert!(is_hidden_kept && with["if-no-files-found"] == "error");
                self.upload(&with["name"], &job.workspace.join(&with["path"]), run);
            }
            "actions/deploy-pages" => {
                job.needs_permission("pages", &["write"]);
                job.needs_permission("id-token", &["write"]);
                run.deployed = Some(run.artifacts["github-pages"].clone());
            }
            unknown => panic!("teach the tests what {unknown} does"),
        }
        BTreeMap::new()
    }

    /// Through a tar, as the actions do: links followed, git's own files left out.
    fn upload(&self, name: &str, from: &Path, run: &mut Run) {
        let place = self.folder.join(format!("artifact-{}-{name}", run.artifacts.len()));
        let _ = std::fs::remove_dir_all(&place);
        std::fs::create_dir(&place).unwrap();
        let tar = self.folder.join("artifact.tar");
        let mut pack = self.command("tar");
        pack.args(["--dereference", "--hard-dereference", "--exclude=.git", "--exclude=.github", "-cf"]);
        pack.arg(&tar).arg("--directory").arg(from).arg(".");
        assert!(pack.status().unwrap().success(), "{} can't be packed", from.display());
        assert!(self.command("tar").arg("-xf").arg(&tar).arg("--directory").arg(&place).status().unwrap().success());
        run.artifacts.insert(name.to_owned(), place);
    }
}

impl Job<'_> {
    fn needs_permission(&self, scope: &str, enough: &[&str]) {
        let granted = self.permissions.get(scope).and_then(Value::as_str);
        assert!(granted.is_some_and(|granted| enough.contains(&granted)), "{scope}: {granted:?} is not {enough:?}");
    }

    /// The values of a map, expressions replaced.
    fn texts(&self, map: &Value) -> BTreeMap<String, String> {
        let Some(map) = map.as_object() else { return BTreeMap::new() };
        let text = |value: &Value| match value {
            Value::String(text) => self.replace(text),
            other => other.to_string(),
        };
        map.iter().map(|(name, value)| (name.clone(), text(value))).collect()
    }

    fn replace(&self, text: &str) -> String {
        let mut replaced = String::new();
        let mut rest = text;
        while let Some((before, after)) = rest.split_once("${{") {
            let (expression, after) = after.split_once("}}").unwrap();
            replaced.push_str(before);
            replaced.push_str(&self.value(expression.trim()));
            rest = after;
        }
        replaced + rest
    }

    fn holds(&self, condition: &Value) -> bool {
        let Some(condition) = condition.as_str() else { return true };
        if let Some((left, right)) = condition.split_once(" == ") {
            return self.value(left) == self.value(right);
        }
        let (left, right) = condition.split_once(" != ").unwrap_or_else(|| panic!("teach the tests `{condition}`"));
        self.value(left) != self.value(right)
    }

    fn value(&self, expression: &str) -> String {
        if let Some(literal) = expression.strip_prefix('\'').and_then(|rest| rest.strip_suffix('\'')) {
            return literal.to_owned();
        }
        match expression.split('.').collect::<Vec<_>>()[..] {
            ["github", "ref"] => self.event.reference.to_owned(),
            ["runner", "os"] => "Linux".to_owned(),
            ["inputs", name] => self.inputs.get(name).unwrap_or_else(|| panic!("no input `{name}`")).clone(),
            // Of a step that was left out GitHub knows nothing, and says nothing.
            ["steps", id, "outputs", name] => {
                let outputs = self.outputs.get(id).unwrap_or_else(|| panic!("no step `{id}` above"));
                outputs.get(name).cloned().unwrap_or_default()
            }
            _ => panic!("teach the tests `{expression}`"),
        }
    }
}

/// Git that answers to nobody's settings; returns what it prints.
pub(super) fn git(folder: &Path, arguments: &[&str]) -> String {
    let output = Command::new("git")
        .args(["-c", "user.name=A Writer", "-c", "user.email=writer@example.org", "-c", "core.autocrlf=false"])
        .args(arguments)
        .current_dir(folder)
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env_remove("GIT_DIR")
        .output()
        .unwrap();
    assert!(output.status.success(), "git {arguments:?}: {}", transcript(&output));
    String::from_utf8(output.stdout).unwrap()
}

fn forget_rutter(target: &Path) {
    std::fs::create_dir_all(target).unwrap();
    for kind in [".fingerprint", "build", "incremental"] {
        let Ok(entries) = std::fs::read_dir(target.join("debug").join(kind)) else { continue };
        for entry in entries.flatten().filter(|entry| entry.file_name().to_string_lossy().starts_with("rutter-")) {
            std::fs::remove_dir_all(entry.path()).unwrap();
        }
    }
}

fn compiled() -> PathBuf {
    repository().join("target/workflows")
}

fn home() -> PathBuf {
    std::env::home_dir().unwrap()
}
