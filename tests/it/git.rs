//! Untrusted repositories: nothing they configure is executed, and their history is still read.

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::LazyLock;

use tempfile::TempDir;

use super::support::{BEGIN, Run, Sandbox, entry, plain_name};

const ENTRY: &str = "portfolio/entries/one.md";

/// Runs git without the machine's configuration and returns its standard output.
fn git(folder: &Path, arguments: &[&str]) -> String {
    let done = try_git(folder, arguments);
    assert!(
        done.status.success(),
        "{arguments:?}: {}",
        String::from_utf8_lossy(&done.stderr)
    );
    String::from_utf8(done.stdout).unwrap().trim().to_owned()
}

fn try_git(folder: &Path, arguments: &[&str]) -> Output {
    Command::new("git")
        .args([
            "-c",
            "user.name=Nobody",
            "-c",
            "user.email=nobody@example.org",
            "-c",
            "commit.gpgsign=false",
        ])
        .args([
            "-c",
            "init.defaultBranch=main",
            "-c",
            "protocol.file.allow=always",
        ])
        .args(arguments)
        .current_dir(folder)
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .output()
        .unwrap()
}

fn commit(folder: &Path, words: &str) {
    git(folder, &["add", "--all"]);
    git(
        folder,
        &["commit", "--quiet", "--allow-empty", "--message", words],
    );
}

fn done(run: Run) -> Run {
    assert_eq!(run.code, 0, "{}{}", run.out, run.err);
    run
}

fn assess(sandbox: &Sandbox, code: &str) -> String {
    let filed = done(sandbox.run(&[
        "assess",
        "one",
        "--as",
        code,
        "--accept",
        code,
        "--vacsr",
        "--feedback",
        "Good.",
    ]));
    filed.out.lines().next().unwrap().to_owned()
}

/// A workspace with an entry that claims K1 and K2, and a first decision, all committed.
fn decided() -> Sandbox {
    let sandbox =
        Sandbox::with_entry(&(entry("ksbs: [K1, K2]\n") + "\nI read the gaurding as pain.\n"));
    assess(&sandbox, "K1");
    git(sandbox.path(), &["init", "--quiet"]);
    commit(sandbox.path(), "One");
    sandbox
}

/// The same, with the entry changed since its decision.
fn changed() -> Sandbox {
    let sandbox = decided();
    sandbox.write(ENTRY, sandbox.read(ENTRY).replace("gaurding", "guarding"));
    sandbox
}

/// Returns whether the output shows the change, which only the history contains.
fn shows_the_change(run: &Run) -> bool {
    run.code == 0 && run.out.contains("[-gaurding-]{+guarding+}")
}

fn explained(root: &Path) -> Run {
    Sandbox::empty().run(&["--root", root.to_str().unwrap(), "explain", "entry:one"])
}

/// Every documented git key whose value is, or names, a command.
const COMMANDS: &str = "
[core]
    pager = CANARY
    editor = CANARY
    sshCommand = CANARY
    gitProxy = CANARY
    askPass = CANARY
    fsmonitor = CANARY
    hooksPath = HOOKS
    alternateRefsCommand = CANARY
    attributesFile = ATTRIBUTES
    commentChar = auto
[pager]
    log = CANARY
    show = CANARY
    diff = CANARY
    cat-file = CANARY
    rev-list = CANARY
    rev-parse = CANARY
    ls-tree = CANARY
    diff-tree = CANARY
    config = CANARY
    status = CANARY
[sequence]
    editor = CANARY
[gpg]
    program = CANARY
    format = openpgp
[gpg \"openpgp\"]
    program = CANARY
[gpg \"x509\"]
    program = CANARY
[gpg \"ssh\"]
    program = CANARY
    defaultKeyCommand = CANARY
    allowedSignersFile = CANARY
[log]
    showSignature = true
[commit]
    gpgSign = true
[tag]
    gpgSign = true
[user]
    signingKey = CANARY
[diff]
    external = CANARY
    tool = canary
    guitool = canary
[diff \"canary\"]
    command = CANARY
    textconv = CANARY
    cachetextconv = false
[filter \"canary\"]
    clean = CANARY
    smudge = CANARY
    process = CANARY
    required = true
[merge]
    tool = canary
[merge \"canary\"]
    driver = CANARY
[mergetool \"canary\"]
    cmd = CANARY
    path = CANARY
[difftool \"canary\"]
    cmd = CANARY
    path = CANARY
[credential]
    helper = !CANARY
[credential \"https://example.org\"]
    helper = !CANARY
[remote \"origin\"]
    url = ext::CANARY
    pushurl = ext::CANARY
    fetch = +refs/heads/*:refs/remotes/origin/*
    uploadpack = CANARY
    receivepack = CANARY
    vcs = canary
    proxy = CANARY
    promisor = true
    partialclonefilter = blob:none
[url \"ext::CANARY\"]
    insteadOf = https://
[protocol]
    allow = always
[protocol \"ext\"]
    allow = always
[uploadpack]
    packObjectsHook = CANARY
[uploadarchive]
    allowUnreachable = true
[tar \"canary\"]
    command = CANARY
[receive]
    procReceiveRefs = refs
    certNonceSeed = canary
[alias]
    log = !CANARY
    cat-file = !CANARY
    rev-parse = !CANARY
    ls-tree = !CANARY
    rev-list = !CANARY
    canary = !CANARY
[include]
    path = MORE
[includeIf \"gitdir:/\"]
    path = MORE
[trailer \"canary\"]
    command = CANARY
    cmd = CANARY
[interactive]
    diffFilter = CANARY
[web]
    browser = canary
[browser \"canary\"]
    cmd = CANARY
    path = CANARY
[help]
    browser = canary
    autocorrect = immediate
[man]
    viewer = canary
[man \"canary\"]
    cmd = CANARY
    path = CANARY
[instaweb]
    httpd = CANARY
    browser = canary
[sendemail]
    smtpServer = CANARY
    sendmailCmd = CANARY
    toCmd = CANARY
    ccCmd = CANARY
    headerCmd = CANARY
[sendpack]
    sideband = true
[imap]
    tunnel = CANARY
[submodule]
    recurse = true
[submodule \"canary\"]
    url = ext::CANARY
    update = !CANARY
    active = true
[guitool \"canary\"]
    cmd = CANARY
[gitcvs]
    enabled = true
[init]
    templateDir = HOOKS
[rebase]
    instructionFormat = %G?
[pretty]
    canary = %G?
[format]
    pretty = %G? %H
[gc]
    auto = 1
    recentObjectsHook = CANARY
[maintenance]
    auto = true
[fetch]
    recurseSubmodules = true
[extensions]
    worktreeConfig = true
    partialClone = origin
[http]
    proxy = ext::CANARY
    sslCert = CANARY
[ssh]
    variant = simple
[safe]
    directory = *
";

const HOOKS: [&str; 12] = [
    "applypatch-msg",
    "fsmonitor-watchman",
    "post-checkout",
    "post-index-change",
    "pre-auto-gc",
    "pre-commit",
    "reference-transaction",
    "post-commit",
    "pre-push",
    "post-rewrite",
    "commit-msg",
    "sendemail-validate",
];

/// A script that leaves a file behind when it runs.
struct Canary {
    folder: TempDir,
}

impl Canary {
    fn new() -> Self {
        Self {
            folder: TempDir::new().unwrap(),
        }
    }

    fn sang(&self) -> PathBuf {
        self.folder.path().join("sang")
    }

    /// Installs the script at a path as an executable.
    fn at(&self, path: &Path) {
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(
            path,
            format!("#!/bin/sh\necho \"$0 $*\" >> '{}'\n", self.sang().display()),
        )
        .unwrap();
        runnable(path);
    }

    fn is_silent(&self, after: &dyn std::fmt::Debug) {
        let song = std::fs::read_to_string(self.sang()).unwrap_or_default();
        assert!(
            song.is_empty(),
            "after {after:?} the folder's own program ran: {song}"
        );
    }
}

#[cfg(unix)]
fn runnable(path: &Path) {
    use std::os::unix::fs::PermissionsExt;
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o755)).unwrap();
}

#[cfg(not(unix))]
fn runnable(_: &Path) {}

/// A hostile folder: an entry changed since its decision, a signed commit, and a repository that
/// names a program wherever git accepts one.
fn hostile(canary: &Canary) -> Sandbox {
    let sandbox = decided();
    let root = sandbox.path().canonicalize().unwrap();
    for name in ["x.sh", "git", "git-remote-canary", "ssh-keygen", "less"] {
        canary.at(&root.join("portfolio").join(name));
    }
    for hook in HOOKS {
        canary.at(&root.join(".git/hooks").join(hook));
        canary.at(&root.join("portfolio/hooks").join(hook));
    }
    let attributes = "* filter=canary diff=canary merge=canary text eol=lf\n";
    sandbox.write(".gitattributes", attributes);
    sandbox.write("portfolio/.gitattributes", attributes);
    commit(&root, "Two");
    sandbox.write(".git/info/attributes", attributes);
    // A signed commit of the entry: `log.showSignature` passes it to `gpg.program`.
    sandbox.write(ENTRY, sandbox.read(ENTRY) + "\nMore.\n");
    git(&root, &["add", ENTRY]);
    let (tree, parent) = (
        git(&root, &["write-tree"]),
        git(&root, &["rev-parse", "HEAD"]),
    );
    let who = "Nobody <nobody@example.org> 1767225600 +0000";
    let signature = " -----BEGIN PGP SIGNATURE-----\n \n iQ==\n -----END PGP SIGNATURE-----\n";
    let head = format!(
        "tree {tree}\nparent {parent}\nauthor {who}\ncommitter {who}\ngpgsig{signature}\nThree\n\nAcked-by: x\n"
    );
    sandbox.write(".git/signed", head);
    let signed = git(&root, &["hash-object", "-t", "commit", "-w", ".git/signed"]);
    git(&root, &["update-ref", "HEAD", &signed]);
    // From here on, git itself would execute the canary.
    let script = root.join("portfolio/x.sh");
    let configuration = COMMANDS
        .replace("CANARY", script.to_str().unwrap())
        .replace("HOOKS", root.join("portfolio/hooks").to_str().unwrap())
        .replace("ATTRIBUTES", root.join(".gitattributes").to_str().unwrap())
        .replace("MORE", root.join(".git/more").to_str().unwrap());
    sandbox.write(".git/more", configuration.replace("path = ", "other = "));
    let version = "[core]\n    repositoryformatversion = 1\n";
    sandbox.write(".git/config", version.to_owned() + &configuration);
    sandbox.write(".git/config.worktree", &configuration);
    let decision = sandbox.read(&sandbox.filed("2026-11-21-K1.yaml"));
    sandbox.write(
        "sent.yaml",
        decision
            .replace("id: \"K1\"", "id: AS-7")
            .replace("id: K1", "id: AS-7"),
    );
    sandbox.write(ENTRY, sandbox.read(ENTRY).replace("gaurding", "guarding"));
    // Executions by the commits above do not count.
    let _ = std::fs::remove_file(canary.sang());
    sandbox
}

/// Every command, with arguments that make it read the history or start a program.
const EVERY_COMMAND: &[&[&str]] = &[
    &["explain", "entry:one"],
    &["explain", "one"],
    &["explain", "K1"],
    &["explain", "unknown-code"],
    &["import", "--dry-run", "portfolio/entries"],
    &["cohort", "."],
    &["verify", "."],
    &["check"],
    &["check", "--against", "HEAD"],
    &["check", "--against", "main~1"],
    &["check", "--history"],
    &["check", "--format", "sarif"],
    &["check", "--diff"],
    &["check", "--fix"],
    &["decisions"],
    &["decisions", "list"],
    &["decisions", "verify"],
    &[
        "decisions",
        "verify",
        "--require-history",
        "--format",
        "json",
    ],
    &["decisions", "import", "--rechain", "sent.yaml"],
    &["assess", "one", "--again"],
    &[
        "assess",
        "one",
        "--as",
        "AS-1",
        "--accept",
        "K1",
        "--vacsr",
        "--feedback",
        "Good.",
    ],
    &["read", "one"],
    &["coverage"],
    &["build"],
    &["pack"],
    &["hours"],
    &["review"],
    &["sample"],
    &["gateway"],
    &["gateway", "--pack", "handed-in"],
    &["themes"],
    &["standards"],
    &["standards", "list"],
    &["schema", "entry"],
    &["completions", "bash"],
    &["new", "A new one"],
    &["init", "--ci", "github"],
    &["clean"],
];

#[test]
#[cfg(unix)]
fn no_program_named_by_a_folder_ever_runs() {
    let canary = Canary::new();
    let sandbox = hostile(&canary);
    let probe = try_git(sandbox.path(), &["log", "-1"]);
    assert!(
        canary.sang().exists(),
        "git itself runs it: {}",
        String::from_utf8_lossy(&probe.stderr)
    );
    std::fs::remove_file(canary.sang()).unwrap();
    let help = sandbox.run(&["--help"]).out;
    let section = help
        .split("Commands:")
        .nth(1)
        .unwrap()
        .split("Options:")
        .next()
        .unwrap();
    let names = section
        .lines()
        .filter_map(|line| line.trim().split("  ").next())
        .filter(|name| !name.is_empty());
    let driven = |name: &&str| EVERY_COMMAND.iter().any(|one| one[0] == *name);
    let missing: Vec<&str> = names
        .filter(|name| !name.contains(' ') && !driven(name) && !["help", "serve"].contains(name))
        .collect();
    assert_eq!(missing, [""; 0], "no command is left out");
    for arguments in EVERY_COMMAND {
        let run = sandbox.run(arguments);
        canary.is_silent(arguments);
        assert!((0..=2).contains(&run.code), "{arguments:?}: {}", run.err);
        if arguments[..2.min(arguments.len())] == ["explain", "entry:one"] {
            assert!(shows_the_change(&run), "{}{}", run.out, run.err);
        }
    }
    served(&sandbox);
    canary.is_silent(&"serve");
}

/// Starts `serve`, waits for its first line, and stops it.
fn served(sandbox: &Sandbox) {
    let mut child = Command::new(env!("CARGO_BIN_EXE_ksbfolio"))
        .args(["serve", "--port", "0"])
        .current_dir(sandbox.path())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut first = String::new();
    let mut said = std::io::BufReader::new(child.stderr.take().unwrap());
    std::io::BufRead::read_line(&mut said, &mut first).unwrap();
    child.kill().unwrap();
    child.wait().unwrap();
}

#[test]
#[cfg(unix)]
fn no_program_is_taken_from_the_folder() {
    let canary = Canary::new();
    let sandbox = hostile(&canary);
    canary.at(&sandbox.path().join("git"));
    canary.at(&sandbox.path().join("ssh-keygen"));
    let inside = sandbox.path().join("portfolio");
    let path = format!(
        ":.:./portfolio:{}:{}",
        inside.display(),
        std::env::var("PATH").unwrap()
    );
    let run = sandbox.run_with(&["explain", "entry:one"], &[("PATH", &path)]);
    canary.is_silent(&"explain");
    assert!(shows_the_change(&run), "{}{}", run.out, run.err);
    let sign = [
        "assess",
        "one",
        "--as",
        "AS-1",
        "--refer",
        "K2",
        "--feedback",
        "Why?",
        "--sign",
        "no-key",
    ];
    assert_eq!(sandbox.run_with(&sign, &[("PATH", &path)]).code, 2);
    canary.is_silent(&sign);
    // If git cannot be found anywhere else, this is reported.
    let run = sandbox.run_with(
        &["check", "--against", "HEAD"],
        &[("PATH", ":.:./portfolio")],
    );
    assert_eq!(run.code, 2);
    assert!(
        run.err
            .contains("git is not in any folder of PATH that may be searched"),
        "{}",
        run.err
    );
    canary.is_silent(&"check --against");
}

#[test]
#[cfg(unix)]
fn git_environment_variables_are_ignored() {
    let canary = Canary::new();
    let sandbox = changed();
    let script = sandbox.path().join("portfolio/x.sh");
    canary.at(&script);
    let script = script.to_str().unwrap();
    let nowhere = sandbox.path().join("portfolio");
    let nowhere = nowhere.to_str().unwrap();
    let environment = [
        ("GIT_EXTERNAL_DIFF", script),
        ("GIT_PAGER", script),
        ("GIT_SSH_COMMAND", script),
        ("GIT_ASKPASS", script),
        ("GIT_DIR", nowhere),
        ("GIT_OBJECT_DIRECTORY", nowhere),
        ("GIT_EXEC_PATH", nowhere),
        ("GIT_CONFIG_COUNT", "1"),
        ("GIT_CONFIG_KEY_0", "core.fsmonitor"),
        ("GIT_CONFIG_VALUE_0", script),
    ];
    let run = sandbox.run_with(&["explain", "entry:one"], &environment);
    assert!(shows_the_change(&run), "{}{}", run.out, run.err);
    canary.is_silent(&"explain");
}

#[test]
#[cfg(unix)]
fn a_partial_clone_fetches_nothing() {
    let canary = Canary::new();
    let origin = changed();
    commit(origin.path(), "Two");
    git(origin.path(), &["config", "uploadpack.allowFilter", "true"]);
    for filter in ["blob:none", "tree:0"] {
        let around = TempDir::new().unwrap();
        let from = format!("file://{}", origin.path().display());
        git(
            around.path(),
            &[
                "clone",
                "--quiet",
                "--no-checkout",
                &format!("--filter={filter}"),
                &from,
                "clone",
            ],
        );
        let clone = around.path().join("clone");
        copy(&origin.path().join("portfolio"), &clone.join("portfolio"));
        copy(&origin.path().join("standards"), &clone.join("standards"));
        let script = clone.join("portfolio/x.sh");
        canary.at(&script);
        git(
            &clone,
            &[
                "config",
                "remote.origin.uploadpack",
                script.to_str().unwrap(),
            ],
        );
        assert!(
            !try_git(&clone, &["cat-file", "-p", &format!("HEAD:{ENTRY}")])
                .status
                .success()
        );
        assert!(canary.sang().exists(), "git itself fetches");
        std::fs::remove_file(canary.sang()).unwrap();
        let run = |arguments: &[&str]| {
            let root = ["--root", clone.to_str().unwrap()];
            Sandbox::empty().run(&[&root, arguments].concat())
        };
        assert_eq!(run(&["check", "--against", "HEAD"]).code, 2, "{filter}");
        let verify = run(&["decisions", "verify"]);
        assert_eq!(verify.code, 1, "{}{}", verify.out, verify.err);
        assert!(
            verify.out.contains("history: none (it cannot be read"),
            "{}",
            verify.out
        );
        assert!(
            verify.out.contains("history could NOT be checked"),
            "{}",
            verify.out
        );
        assert!(
            run(&["explain", "entry:one"])
                .out
                .contains("the git history cannot be read (")
        );
        canary.is_silent(&filter);
    }
}

fn copy(from: &Path, to: &Path) {
    for (path, bytes) in super::support::tree(from) {
        let to = to.join(path);
        std::fs::create_dir_all(to.parent().unwrap()).unwrap();
        std::fs::write(to, bytes).unwrap();
    }
}

#[test]
fn every_kind_of_repository_is_read() {
    let packed = changed();
    git(packed.path(), &["gc", "--quiet"]);
    assert!(
        !packed.path().join(".git/refs/heads/main").exists()
            && shows_the_change(&explained(packed.path()))
    );
    git(
        packed.path(),
        &["tag", "--annotate", "--message", "v", "v1"],
    );
    for revision in [
        "HEAD",
        "main",
        "v1",
        "refs/heads/main",
        &git(packed.path(), &["rev-parse", "HEAD"])[..9],
    ] {
        let run = packed.run(&["check", "--against", revision]);
        assert!(run.code < 2, "{revision}: {}", run.err);
    }
    git(packed.path(), &["checkout", "--quiet", "--detach"]);
    assert!(
        shows_the_change(&explained(packed.path())),
        "with a detached HEAD"
    );

    let long =
        Sandbox::with_entry(&(entry("ksbs: [K1, K2]\n") + "\nI read the gaurding as pain.\n"));
    assess(&long, "K1");
    git(long.path(), &["init", "--quiet", "--object-format=sha256"]);
    commit(long.path(), "One");
    long.write(ENTRY, long.read(ENTRY).replace("gaurding", "guarding"));
    assert!(shows_the_change(&explained(long.path())), "with SHA-256");
    assert_eq!(
        long.run(&["decisions", "verify", "--require-history"]).code,
        0
    );

    let around = TempDir::new().unwrap();
    let root = |name: &str| around.path().join(name);
    let edit = |folder: &Path| {
        let path = folder.join(ENTRY);
        let text = std::fs::read_to_string(&path).unwrap();
        std::fs::write(path, text.replace("gaurding", "guarding")).unwrap();
    };
    let base = decided();
    git(
        base.path(),
        &[
            "worktree",
            "add",
            "--quiet",
            "-b",
            "other",
            root("worktree").to_str().unwrap(),
        ],
    );
    edit(&root("worktree"));
    assert!(
        shows_the_change(&explained(&root("worktree"))),
        "in a further worktree"
    );
    assert!(base.run(&["check", "--against", "other"]).code < 2);

    let from = base.path().to_str().unwrap();
    git(
        around.path(),
        &["clone", "--quiet", "--shared", from, "shared"],
    );
    edit(&root("shared"));
    assert!(
        shows_the_change(&explained(&root("shared"))),
        "with borrowed objects"
    );
    assert!(
        Sandbox::empty()
            .run(&[
                "--root",
                root("shared").to_str().unwrap(),
                "check",
                "--against",
                "origin/main"
            ])
            .code
            < 2
    );

    git(around.path(), &["init", "--quiet", "super"]);
    git(
        &root("super"),
        &["submodule", "--quiet", "add", from, "module"],
    );
    edit(&root("super/module"));
    assert!(
        shows_the_change(&explained(&root("super/module"))),
        "in a submodule"
    );

    let below = TempDir::new().unwrap();
    copy(
        &base.path().join("portfolio"),
        &below.path().join("a learner/portfolio"),
    );
    copy(
        &base.path().join("standards"),
        &below.path().join("a learner/standards"),
    );
    git(below.path(), &["init", "--quiet"]);
    commit(below.path(), "One");
    edit(&below.path().join("a learner"));
    assert!(
        shows_the_change(&explained(&below.path().join("a learner"))),
        "below the repository's top"
    );
}

#[test]
fn an_unreadable_repository_is_an_error() {
    let cases: &[(&str, &[u8], &str)] = &[
        (".git/HEAD", b"nonsense\n", "its HEAD cannot be read"),
        (".git/refs/heads/main", b"\xff\xfe", "refs/heads/main"),
        (
            ".git/packed-refs",
            b"nonsense refs/heads/x\n",
            "packed-refs, is broken",
        ),
        (".git/reftable/tables.list", b"", "reftables"),
        (".git/shallow", b"nonsense\n", "`shallow` is broken"),
        (
            ".git/commondir",
            b"//server/share\n",
            "a folder that is not opened",
        ),
        (
            ".git/objects/info/alternates",
            b"//server/share/objects\n",
            "a folder that is not opened",
        ),
        (
            ".git/objects/info/alternates",
            b"/nowhere/objects\n",
            "it has no objects in /nowhere/objects",
        ),
    ];
    for (path, bytes, reason) in cases {
        let sandbox = changed();
        sandbox.write(path, bytes);
        let against = sandbox.run(&["check", "--against", "HEAD"]);
        assert_eq!(against.code, 2, "{path}: {}", against.out);
        assert!(against.err.contains(reason), "{path}: {}", against.err);
        let verify = sandbox.run(&["decisions", "verify"]);
        assert_eq!(verify.code, 1, "{path}: {}{}", verify.out, verify.err);
        assert!(verify.out.contains(reason), "{path}: {}", verify.out);
    }
    #[cfg(unix)]
    for path in [
        ".git/HEAD",
        ".git/objects/pack/pipe.idx",
        ".git/refs/heads/main",
        ".git/packed-refs",
    ] {
        let sandbox = changed();
        let path = sandbox.path().join(path);
        let _ = std::fs::remove_file(&path);
        assert!(
            Command::new("mkfifo")
                .arg(&path)
                .status()
                .unwrap()
                .success()
        );
        assert_eq!(
            sandbox.run(&["decisions", "verify"]).code,
            1,
            "a pipe as {}",
            path.display()
        );
    }
    let sandbox = Sandbox::tiny();
    sandbox.write(".git", "gitdir: //server/share\n");
    assert!(
        sandbox
            .run(&["check", "--history"])
            .err
            .contains("a folder that is not opened")
    );
}

#[test]
#[cfg(unix)]
fn the_repository_of_another_user_is_read_only_where_the_users_own_configuration_lists_it() {
    let sandbox = changed();
    let root = sandbox.path().canonicalize().unwrap();
    if std::os::unix::fs::chown(root.join(".git"), Some(12_345), None).is_err() {
        // Only root can change the owner of a folder; other users rely on git's own check.
        return;
    }
    // The repository's own configuration is ignored.
    git(
        &root,
        &["-c", "safe.directory=*", "config", "safe.directory", "*"],
    );
    let home = TempDir::new().unwrap();
    let configuration = home.path().join("config");
    let explain = |words: &str| {
        std::fs::write(&configuration, words).unwrap();
        let environment = [
            ("GIT_CONFIG_GLOBAL", configuration.to_str().unwrap()),
            ("GIT_CONFIG_NOSYSTEM", "1"),
        ];
        sandbox.run_with(&["explain", "entry:one"], &environment)
    };
    let refused = explain("");
    assert!(
        refused.out.contains("belongs to another user"),
        "{}",
        refused.out
    );
    for no in [
        "/elsewhere".to_owned(),
        format!("{}\n\tdirectory =", root.display()),
    ] {
        assert!(
            !shows_the_change(&explain(&format!("[safe]\n\tdirectory = {no}\n"))),
            "{no}"
        );
    }
    let above = format!("{}/*", root.parent().unwrap().display());
    for yes in ["*".to_owned(), root.display().to_string(), above] {
        assert!(
            shows_the_change(&explain(&format!("[safe]\n\tdirectory = {yes}\n"))),
            "{yes}"
        );
    }
}

fn verified(sandbox: &Sandbox, more: &[&str]) -> (i32, serde_json::Value) {
    let run = sandbox.run(&[&["decisions", "verify", "--format", "json"], more].concat());
    (
        run.code,
        serde_json::from_str(&run.out).unwrap_or_else(|error| panic!("{error}: {}", run.err)),
    )
}

/// Lost files in a report: name, and the kind of loss.
fn lost(document: &serde_json::Value) -> Vec<(String, String)> {
    let word = |one: &serde_json::Value, key: &str| one[key].as_str().unwrap().to_owned();
    let files = document["lost"].as_array().unwrap().iter();
    files
        .map(|one| {
            (
                plain_name(&word(one, "file").replace("portfolio/decisions/", "")),
                word(one, "change"),
            )
        })
        .collect()
}

/// The path of the second of two decisions: the same text gets the same name everywhere.
static LAST: LazyLock<String> = LazyLock::new(|| assess(&decided(), "K2"));

/// A workspace with two decisions, all committed.
fn decided_twice() -> Sandbox {
    let sandbox = decided();
    assert_eq!(assess(&sandbox, "K2"), *LAST);
    commit(sandbox.path(), "Two");
    sandbox
}

#[test]
fn a_committed_decision_that_is_gone_or_edited_fails_verification_wherever_it_was() {
    let whole = decided_twice();
    let (code, document) = verified(&whole, &["--require-history"]);
    assert_eq!(
        (code, &document["history"]),
        (0, &"complete".into()),
        "{document}"
    );
    let text = whole.run(&["decisions", "verify"]);
    assert!(
        text.out.ends_with("history: complete\n") && !text.err.contains("--head"),
        "{}",
        text.out
    );

    let gone = |sandbox: &Sandbox, why: &str| {
        let (code, document) = verified(sandbox, &[]);
        let expected = vec![("2026-11-21-K2.yaml".to_owned(), "removed".to_owned())];
        assert_eq!(
            (code, lost(&document), &document["holds"]),
            (1, expected, &false.into()),
            "{why}"
        );
        let commit = document["lost"][0]["commit"].as_str().unwrap();
        git(
            sandbox.path(),
            &["cat-file", "-e", &format!("{commit}:{}", *LAST)],
        );
        let text = sandbox.run(&["decisions", "verify"]).out;
        assert!(
            text.contains(&format!("LOST   {}", *LAST)) && text.contains("NOT intact"),
            "{why}: {text}"
        );
    };
    std::fs::remove_file(whole.path().join(&*LAST)).unwrap();
    gone(&whole, "removed and not committed");
    commit(whole.path(), "Removed");
    gone(&whole, "removed and committed");
    commit(whole.path(), "Something else");
    gone(&whole, "and something after it");

    let merged = decided();
    git(merged.path(), &["checkout", "--quiet", "-b", "side"]);
    assess(&merged, "K2");
    commit(merged.path(), "Two");
    git(merged.path(), &["checkout", "--quiet", "main"]);
    let (code, document) = verified(&merged, &[]);
    assert_eq!(
        (code, lost(&document).len()),
        (0, 0),
        "it was never here, only on another branch"
    );
    assert_eq!(document["elsewhere"][0]["file"], *LAST);
    let text = merged.run(&["decisions", "verify"]).out;
    assert!(
        text.contains(&format!("{} is only on another branch", *LAST)),
        "{text}"
    );
    commit(merged.path(), "Meanwhile");
    git(
        merged.path(),
        &[
            "merge",
            "--quiet",
            "--strategy",
            "ours",
            "--message",
            "Merged",
            "side",
        ],
    );
    gone(&merged, "left out by a merge");

    let smuggled = decided();
    assess(&smuggled, "K2");
    git(smuggled.path(), &["add", "--all"]);
    let tree = git(smuggled.path(), &["write-tree"]);
    let parents = ["-p", "HEAD", "-p", "HEAD", "-m", "Merged"];
    let merge = git(
        smuggled.path(),
        &[&["commit-tree", &tree], &parents[..]].concat(),
    );
    git(smuggled.path(), &["reset", "--quiet", "--hard", &merge]);
    std::fs::remove_file(smuggled.path().join(&*LAST)).unwrap();
    commit(smuggled.path(), "Removed");
    gone(&smuggled, "brought by a merge alone");
}

#[test]
fn an_edited_decision_is_lost_but_a_renamed_or_reformatted_one_is_not() {
    let edited = decided_twice();
    edited.write(&LAST, edited.read(&LAST).replace("Good.", "Bad."));
    for committed in [false, true] {
        if committed {
            commit(edited.path(), "Edited");
        }
        let (code, document) = verified(&edited, &[]);
        let expected = vec![("2026-11-21-K2.yaml".to_owned(), "changed".to_owned())];
        assert_eq!((code, lost(&document)), (1, expected), "{committed}");
        assert!(
            edited
                .run(&["decisions", "verify"])
                .out
                .contains("was committed and was changed since")
        );
    }
    let unedited = decided_twice().run(&["check"]).code;
    assert_eq!(
        edited.run(&["check"]).code,
        unedited,
        "check looks at the files alone"
    );

    let moved = decided_twice();
    let last = moved.read(&LAST);
    moved.write(
        "portfolio/decisions/2026/second \"of\" two.yml",
        last.replace('\n', "\r\n"),
    );
    std::fs::remove_file(moved.path().join(&*LAST)).unwrap();
    assert_eq!(verified(&moved, &[]).0, 0, "{}", verified(&moved, &[]).1);
    commit(moved.path(), "Moved");
    std::fs::remove_dir_all(moved.path().join("portfolio/decisions/2026")).unwrap();
    assert_eq!(
        lost(&verified(&moved, &[]).1).len(),
        1,
        "under whatever name"
    );

    let conflict = decided();
    conflict.write(&LAST, "<<<<<<< ours\nversion: 1\n=======\n>>>>>>> theirs\n");
    commit(conflict.path(), "Conflict");
    std::fs::remove_file(conflict.path().join(&*LAST)).unwrap();
    assert_eq!(verified(&conflict, &[]).0, 0, "it never was in force");
}

#[test]
fn the_reach_of_the_history_is_reported_and_can_be_required() {
    let around = TempDir::new().unwrap();
    let origin = decided_twice();
    let from = format!("file://{}", origin.path().display());
    git(
        around.path(),
        &["clone", "--quiet", "--depth", "1", &from, "shallow"],
    );
    let none = Sandbox::with_entry(&entry("ksbs: [K1, K2]\n"));
    assess(&none, "K1");
    let unborn = Sandbox::with_entry(&entry("ksbs: [K1, K2]\n"));
    git(unborn.path(), &["init", "--quiet"]);
    let shallow = around.path().join("shallow");
    let cases = [
        (shallow.as_path(), "shallow"),
        (none.path(), "none"),
        (unborn.path(), "none"),
    ];
    for (root, word) in cases {
        let run = |more: &[&str]| {
            let root = ["--root", root.to_str().unwrap(), "decisions", "verify"];
            Sandbox::empty().run(&[&root, more].concat())
        };
        let plain = run(&[]);
        assert_eq!(plain.code, 0, "{word}: {}{}", plain.out, plain.err);
        assert!(
            plain.out.contains(&format!("\nhistory: {word} (")),
            "{}",
            plain.out
        );
        let asked = run(&["--require-history", "--format", "json"]);
        let document: serde_json::Value = serde_json::from_str(&asked.out).unwrap();
        assert_eq!(
            (asked.code, &document["history"]),
            (1, &word.into()),
            "{}",
            asked.out
        );
        assert_eq!(document["holds"], false);
        let said = run(&["--require-history"]);
        assert!(
            said.out.contains("history could NOT be checked"),
            "{}",
            said.out
        );
    }
    git(&shallow, &["fetch", "--quiet", "--unshallow"]);
    let root = shallow.to_str().unwrap();
    assert_eq!(
        Sandbox::empty()
            .run(&["--root", root, "decisions", "verify", "--require-history"])
            .code,
        0
    );
}

const SUM: &str = "3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855A";

/// Collects every string in a YAML document with its key.
fn texts(value: &serde_json::Value, key: &str, found: &mut Vec<(String, String)>) {
    match value {
        serde_json::Value::Object(map) => {
            map.iter().for_each(|(key, value)| texts(value, key, found));
        }
        serde_json::Value::Array(list) => list.iter().for_each(|value| texts(value, key, found)),
        serde_json::Value::String(text) => found.push((key.to_owned(), text.clone())),
        other => found.push((key.to_owned(), other.to_string())),
    }
}

#[test]
fn a_pipeline_installs_nothing_but_what_was_named_with_its_checksum() {
    let services = [
        ("github", ".github/workflows/portfolio.yml"),
        ("gitlab", ".gitlab-ci.yml"),
        ("forgejo", ".forgejo/workflows/portfolio.yml"),
    ];
    for (service, path) in services {
        let written = |more: &[&str]| {
            let sandbox = Sandbox::tiny();
            let run = done(sandbox.run(&[&["init", "--ci", service], more].concat()));
            (run.err, sandbox.read(path))
        };
        let (said, empty) = written(&[]);
        assert!(said.contains("until then the job fails"), "{said}");
        let (_, filled) = written(&[
            "--program",
            "https://example.org/ksbfolio?v=1",
            "--sha256",
            SUM,
        ]);
        for text in [&empty, &filled] {
            for never in [
                "cargo", "npm ", "pip ", "apt", "@v", "PROGRAM", "CHECKSUM", "VERSION",
            ] {
                assert!(!text.contains(never), "{service} says {never}: {text}");
            }
            let document: serde_json::Value = serde_yaml::from_str(text).unwrap();
            let mut found = Vec::new();
            texts(&document, "", &mut found);
            let of = |wanted: &str| -> Vec<&str> {
                let found = found.iter().filter(|(key, _)| key == wanted);
                found.map(|(_, text)| text.as_str()).collect()
            };
            for action in of("uses") {
                let (_, commit) = action.split_once('@').unwrap();
                let is_hex = commit
                    .bytes()
                    .all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
                assert!(commit.len() == 40 && is_hex, "{action}");
                let line = text.lines().find(|line| line.contains(action)).unwrap();
                assert!(
                    line.contains(&format!("{action} # v")),
                    "the version is beside it: {line}"
                );
            }
            // Forgejo's fetches the whole history with git itself, and keeps nothing.
            let (depth, end): (Vec<&str>, Vec<&str>) = match service {
                "github" => (of("fetch-depth"), of("retention-days")),
                "gitlab" => (of("GIT_DEPTH"), of("expire_in")),
                _ => (
                    vec!["0"; usize::from(!text.contains("--depth"))],
                    vec!["14"],
                ),
            };
            assert_eq!(depth, ["0"], "{service}");
            assert!(
                end.len() == 1 && end[0].starts_with("14"),
                "{service}: {end:?}"
            );
            assert_eq!(of("uses").is_empty(), service != "github", "{service}");
            assert!(
                text.contains("# ") && text.contains("can fetch") && text.contains("private"),
                "{text}"
            );
            assert!(
                text.contains("ksbfolio decisions verify --require-history"),
                "{service}"
            );
        }
        assert!(
            filled.contains(&format!("KSBFOLIO_SHA256: \"{}\"\n", SUM.to_lowercase())),
            "{filled}"
        );
        assert!(
            filled.contains("KSBFOLIO: \"https://example.org/ksbfolio?v=1\"\n"),
            "{filled}"
        );
    }
    for wrong in [
        &["--program", "https://example.org/x"][..],
        &["--sha256", SUM],
        &["--program", "http://example.org/x", "--sha256", SUM],
        &["--program", "../x", "--sha256", SUM],
        &["--program", "x", "--sha256", "12"],
        &["--program", "x.exe", "--sha256", SUM],
    ] {
        let sandbox = Sandbox::empty();
        assert_eq!(
            sandbox
                .run(&[&BEGIN[..], &["--ci", "github"], wrong].concat())
                .code,
            2,
            "{wrong:?}"
        );
        assert_eq!(super::support::tree(sandbox.path()).len(), 0, "{wrong:?}");
    }
    assert_eq!(
        Sandbox::empty()
            .run(&["init", "--program", "x", "--sha256", SUM])
            .code,
        2,
        "without --ci"
    );
}

/// Runs the download step of a pipeline as the service's shell would.
#[cfg(unix)]
fn gets_the_program(root: &Path, service: &str) -> (bool, String) {
    let path = match service {
        "github" => ".github/workflows/portfolio.yml",
        "forgejo" => ".forgejo/workflows/portfolio.yml",
        _ => ".gitlab-ci.yml",
    };
    let document: serde_json::Value =
        serde_yaml::from_str(&std::fs::read_to_string(root.join(path)).unwrap()).unwrap();
    let (variables, script) = if service == "gitlab" {
        let script = document["portfolio"]["before_script"][0].as_str().unwrap();
        (&document["variables"], format!("{script}\nksbfolio"))
    } else {
        let steps = document["jobs"]["portfolio"]["steps"].as_array().unwrap();
        let step = steps
            .iter()
            .find(|step| step["name"] == "Get ksbfolio")
            .unwrap();
        (&document["env"], step["run"].as_str().unwrap().to_owned())
    };
    let scratch = TempDir::new().unwrap();
    let mut shell = Command::new("sh");
    shell.args(["-e", "-c", &script]).current_dir(root);
    shell
        .env("RUNNER_TEMP", scratch.path())
        .env("GITHUB_PATH", scratch.path().join("path"));
    for (name, value) in variables.as_object().unwrap() {
        shell.env(name, value.as_str().unwrap());
    }
    let done = shell.output().unwrap();
    let said = [done.stdout, done.stderr].concat();
    (
        done.status.success(),
        String::from_utf8_lossy(&said).into_owned(),
    )
}

#[test]
#[cfg(unix)]
fn a_pipeline_runs_only_the_program_that_has_the_checksum() {
    for service in ["github", "gitlab", "forgejo"] {
        let sandbox = Sandbox::tiny();
        done(sandbox.run(&["init", "--ci", service]));
        let (ran, said) = gets_the_program(sandbox.path(), service);
        assert!(
            !ran && said.contains("Fill in KSBFOLIO and KSBFOLIO_SHA256"),
            "{service}: {said}"
        );
        for (name, good) in PROGRAMS
            .iter()
            .flat_map(|name| [(name, true), (name, false)])
        {
            let sandbox = Sandbox::tiny();
            let echo = if good { "here" } else { "other" };
            let given = write_program(sandbox.path(), name, &format!("#!/bin/sh\necho {echo}\n"));
            let sum = "ecbe1e52e3b6c1e9aa3f62e2ea3bbfa4f16e9b56af40e8a1dbad0f5c8da5ba29";
            let sum = if good { sha256(&given) } else { sum.to_owned() };
            let more = ["--program", *name, "--sha256", &sum];
            done(sandbox.run(&[&["init", "--ci", service][..], &more].concat()));
            let (ran, said) = gets_the_program(sandbox.path(), service);
            assert_eq!(ran, good, "{service}, {name}: {said}");
            assert!(!said.contains("other\n"), "{service}, {name}: {said}");
        }
    }
}

/// What a pipeline may be given, as `release/build` names it.
const PROGRAMS: [&str; 3] = [
    "tools/ksbfolio",
    "tools/ksbfolio-0.1.0-linux-x86_64.tar.gz",
    "tools/ksbfolio-0.1.0-py3-none-musllinux_1_1_x86_64.whl",
];

/// Writes a program as it is, in an archive or in a wheel.
#[cfg(unix)]
fn write_program(root: &Path, name: &str, text: &str) -> std::path::PathBuf {
    let given = root.join(name);
    std::fs::create_dir_all(given.parent().unwrap()).unwrap();
    let ending = name.rsplit('.').next().unwrap_or_default();
    if ending == "gz" {
        let top = TempDir::new().unwrap();
        let below = top.path().join("ksbfolio-0.1.0-linux-x86_64");
        std::fs::create_dir_all(below.join("bin")).unwrap();
        std::fs::create_dir_all(below.join("share/bash-completion/completions")).unwrap();
        std::fs::write(below.join("bin/ksbfolio"), text).unwrap();
        let completions = below.join("share/bash-completion/completions/ksbfolio");
        std::fs::write(completions, "echo other").unwrap();
        let mut tar = Command::new("tar");
        tar.arg("-czf").arg(&given).arg("-C").arg(top.path());
        assert!(
            tar.arg("ksbfolio-0.1.0-linux-x86_64")
                .status()
                .unwrap()
                .success()
        );
    } else if ending == "whl" {
        let mut wheel = zip::ZipWriter::new(std::fs::File::create(&given).unwrap());
        let options = zip::write::SimpleFileOptions::default();
        wheel
            .start_file("ksbfolio-0.1.0.data/scripts/ksbfolio", options)
            .unwrap();
        std::io::Write::write_all(&mut wheel, text.as_bytes()).unwrap();
        wheel.finish().unwrap();
    } else {
        std::fs::write(&given, text).unwrap();
    }
    given
}

#[cfg(unix)]
fn sha256(path: &Path) -> String {
    let done = Command::new("sha256sum").arg(path).output().unwrap();
    String::from_utf8(done.stdout).unwrap()[..64].to_owned()
}
