//! The live preview answers nothing without its key, as seen by programs of other users on
//! loopback.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::{Child, ChildStderr, Command, Stdio};
use std::time::{Duration, Instant};

use super::support::{Sandbox, entry};

/// A running preview, stopped on drop.
struct Preview {
    child: Child,
    port: u16,
    key: String,
    /// The standard error stream, kept open.
    said: Option<BufReader<ChildStderr>>,
}

impl Preview {
    fn start(sandbox: &Sandbox, port: u16) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_ksbfolio"))
            .args([
                "--as-of",
                "2026-11-21",
                "serve",
                "--port",
                &port.to_string(),
            ])
            .current_dir(sandbox.path())
            .stdin(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut said = BufReader::new(child.stderr.take().unwrap());
        let mut line = String::new();
        while !line.starts_with("Preview: ") {
            line.clear();
            assert!(said.read_line(&mut line).unwrap() > 0, "the preview ended");
        }
        let address = line
            .trim()
            .strip_prefix("Preview: http://127.0.0.1:")
            .unwrap();
        let (port, key) = address.split_once("/?key=").unwrap();
        Self {
            child,
            port: port.parse().unwrap(),
            key: key.to_owned(),
            said: Some(said),
        }
    }

    fn cookie(&self) -> String {
        format!("ksbfolio-{}={}", self.port, self.key)
    }

    /// Sends a request with `headers` after `Host`; returns the status and the whole response.
    fn ask(&self, line: &str, headers: &[String]) -> (u16, String) {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        stream
            .set_read_timeout(Some(Duration::from_secs(30)))
            .unwrap();
        let headers: String = headers
            .iter()
            .flat_map(|header| [header.as_str(), "\r\n"])
            .collect();
        let host = format!("127.0.0.1:{}", self.port);
        let request =
            format!("{line} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n{headers}\r\n");
        stream.write_all(request.as_bytes()).unwrap();
        let mut answer = Vec::new();
        // A server that refuses early may close the connection with bytes of the request unread.
        let _ = stream.read_to_end(&mut answer);
        let answer = String::from_utf8_lossy(&answer).into_owned();
        (
            answer
                .get(9..12)
                .map_or(0, |status| status.parse().unwrap()),
            answer,
        )
    }

    fn get(&self, path: &str, cookie: &str) -> u16 {
        self.ask(&format!("GET {path}"), &[format!("Cookie: {cookie}")])
            .0
    }

    #[cfg(unix)]
    fn signal(&self, name: &str) {
        let sent = Command::new("kill")
            .args([name, &self.child.id().to_string()])
            .status()
            .unwrap();
        assert!(sent.success());
    }
}

impl Drop for Preview {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A port that was free when asked for.
fn port() -> u16 {
    TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap()
        .port()
}

fn workspace() -> Sandbox {
    let secret = entry("ksbs: [K1]\nstatus: draft\n")
        .replace("Words of its own.", "A draft about Mrs Oakapple.");
    Sandbox::with_entry(&secret)
}

/// Addresses of every kind that a preview serves, and some that do not exist.
const ADDRESSES: [&str; 13] = [
    "/",
    "/index.html",
    "/entries/one.html",
    "/criteria/tiny/K1.html",
    "/data/coverage.json",
    "/assets/style.css",
    "/assets/search/manifest.js",
    "/_ksbfolio/live.js",
    "/_ksbfolio/news?since=",
    "/_ksbfolio/findings/entries/one.html",
    "/no-such-page.html",
    "/portfolio/portfolio.yaml",
    "//evil.example/",
];

#[test]
fn without_the_key_all_responses_are_alike_and_empty() {
    let sandbox = workspace();
    let preview = Preview::start(&sandbox, port());
    let locked = preview.ask("GET /", &[]).1;
    assert!(
        locked.starts_with("HTTP/1.1 403") && locked.contains("ksbfolio serve"),
        "{locked}"
    );
    assert!(!locked.contains("Set-Cookie") && !locked.to_lowercase().contains("set-cookie"));
    let body = |answer: &str| answer.split_once("\r\n\r\n").unwrap().1.to_owned();
    let begin = Instant::now();
    for address in ADDRESSES {
        for address in [
            address.to_owned(),
            format!("{}?key={}", address, "0".repeat(64)),
        ] {
            let (status, answer) = preview.ask(&format!("GET {address}"), &[]);
            assert_eq!(status, 403, "{address}");
            assert_eq!(body(&answer), body(&locked), "{address}");
            assert_eq!(
                answer.lines().count(),
                locked.lines().count(),
                "{address}: {answer}"
            );
        }
        assert_eq!(
            preview.ask(&format!("HEAD {address}"), &[]).0,
            403,
            "{address}"
        );
    }
    assert!(
        begin.elapsed() < Duration::from_secs(15),
        "no request waits for news"
    );
    let (status, shown) = preview.ask(
        "GET /entries/one.html",
        &[format!("Cookie: {}", preview.cookie())],
    );
    assert!(status == 200 && shown.contains("Mrs Oakapple"));
    assert_eq!(preview.get("/no-such-page.html", &preview.cookie()), 404);
    assert_eq!(
        preview.get("/_ksbfolio/news?since=", &preview.cookie()),
        200
    );
}

#[test]
fn only_the_right_key_gives_the_cookie_and_only_the_right_cookie_opens() {
    let sandbox = workspace();
    let (preview, other) = (
        Preview::start(&sandbox, port()),
        Preview::start(&sandbox, port()),
    );
    let (key, cookie) = (&preview.key, preview.cookie());
    assert_eq!(key.len(), 64);
    assert_ne!(*key, other.key);
    let (status, answer) = preview.ask(&format!("GET /?key={key}"), &[]);
    assert_eq!(status, 200);
    let answer = answer.to_lowercase();
    for part in [
        &format!("set-cookie: {cookie}; path=/; httponly; samesite=strict\r\n"),
        "referrer-policy: no-referrer\r\n",
        "cache-control: no-store\r\n",
        "content-security-policy: default-src 'none'",
        "<meta http-equiv=\"refresh\" content=\"0; url=/\">",
    ] {
        assert!(answer.contains(part), "{part}: {answer}");
    }
    assert!(
        !answer.split_once("\r\n\r\n").unwrap().1.contains(key),
        "the page repeats the key"
    );
    let flipped = format!(
        "{}{}",
        if key.starts_with('0') { '1' } else { '0' },
        &key[1..]
    );
    for wrong in [
        "",
        &key[..63],
        &key[1..],
        &format!("{key}0"),
        &flipped,
        &other.key,
        &key.to_uppercase(),
    ] {
        let (status, answer) = preview.ask(
            &format!("GET /?key={wrong}"),
            &[format!("Cookie: {cookie}")],
        );
        assert!(
            status == 403 && !answer.to_lowercase().contains("set-cookie"),
            "{wrong}"
        );
        assert_eq!(
            preview.get("/", &format!("ksbfolio-{}={wrong}", preview.port)),
            403,
            "{wrong}"
        );
    }
    for wrong in [
        other.cookie(),
        format!("ksbfolio-{}={key}", other.port),
        format!("ksbfolio={key}"),
        format!("key={key}"),
        format!("KSBFOLIO-{}={key}", preview.port),
        format!("ksbfolio-{}=\"{key}\"", preview.port),
        format!("{cookie}; {cookie}"),
        format!("{cookie}; ksbfolio-{}=0", preview.port),
        format!("{cookie}{}", "0".repeat(9_000)),
    ] {
        assert_eq!(preview.get("/", &wrong), 403, "{wrong:.200}");
    }
    let twice = [format!("Cookie: {cookie}"), format!("Cookie: {cookie}")];
    assert_eq!(preview.ask("GET /", &twice).0, 403);
    assert_ne!(
        preview.get("/", &format!("{cookie}; a={}", "0".repeat(200_000))),
        200
    );
    for other in [
        "theme=dark",
        "a=b; c=d",
        &other.cookie(),
        &"x=y; ".repeat(1_000),
    ] {
        assert_eq!(
            preview.get("/", &format!("{other}; {cookie}")),
            200,
            "{other:.200}"
        );
    }
}

#[test]
fn pages_of_other_origins_are_refused_with_the_right_cookie_too() {
    let sandbox = workspace();
    let preview = Preview::start(&sandbox, port());
    let with = |headers: &[&str]| {
        let headers = headers.iter().map(|header| (*header).to_owned());
        let cookie = format!("Cookie: {}", preview.cookie());
        preview
            .ask(
                "GET /entries/one.html",
                &headers.chain([cookie]).collect::<Vec<_>>(),
            )
            .0
    };
    assert_eq!(with(&["Sec-Fetch-Site: same-origin"]), 200);
    assert_eq!(
        with(&["Sec-Fetch-Site: none", "Sec-Fetch-Mode: navigate"]),
        200
    );
    for site in ["cross-site", "same-site", "unheard-of", ""] {
        for mode in ["navigate", "no-cors", "cors"] {
            let headers = [
                format!("Sec-Fetch-Site: {site}"),
                format!("Sec-Fetch-Mode: {mode}"),
            ];
            assert_eq!(with(&[&headers[0], &headers[1]]), 403, "{site} {mode}");
        }
    }
    assert_eq!(
        with(&["Sec-Fetch-Site: same-origin", "Sec-Fetch-Site: cross-site"]),
        403
    );
    assert_eq!(with(&["Origin: http://evil.example"]), 403);
    // The key is accepted in a navigation from the `--open` file, which is cross-site, but not in a
    // frame or script.
    let key = format!("GET /?key={}", preview.key);
    let from_file = [
        "Sec-Fetch-Site: cross-site".to_owned(),
        "Sec-Fetch-Mode: navigate".to_owned(),
    ];
    assert_eq!(preview.ask(&key, &from_file).0, 200);
    assert_eq!(preview.ask(&key, &from_file[..1]).0, 403);
}

#[test]
fn quiet_prints_only_the_address() {
    let sandbox = workspace();
    let mut child = Command::new(env!("CARGO_BIN_EXE_ksbfolio"))
        .args(["--quiet", "serve", "--port", &port().to_string()])
        .current_dir(sandbox.path())
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap())
        .read_line(&mut line)
        .unwrap();
    child.kill().unwrap();
    child.wait().unwrap();
    assert!(
        line.starts_with("http://127.0.0.1:") && line.contains("/?key="),
        "{line}"
    );
}

/// Waits for the preview to exit; returns its exit code, or `None` if a signal ended it.
#[cfg(unix)]
fn ended(preview: &mut Preview) -> Option<i32> {
    for _ in 0..500 {
        if let Some(status) = preview.child.try_wait().unwrap() {
            return status.code();
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    panic!("the preview goes on");
}

#[cfg(unix)]
#[test]
fn a_preview_ends_when_it_is_asked_to_and_with_its_terminal() {
    let sandbox = workspace();
    for (signal, code) in [("-INT", Some(0)), ("-TERM", Some(0)), ("-HUP", None)] {
        let mut preview = Preview::start(&sandbox, port());
        assert_eq!(preview.get("/", &preview.cookie()), 200);
        preview.signal(signal);
        assert_eq!(ended(&mut preview), code, "{signal}");
    }
}

#[test]
fn a_preview_with_unread_messages_keeps_running() {
    let sandbox = workspace();
    let mut preview = Preview::start(&sandbox, port());
    drop(preview.said.take());
    sandbox.write(
        "portfolio/entries/one.md",
        entry("ksbs: [K1]\n").replace("Words", "Later words"),
    );
    let begin = Instant::now();
    let cookie = [format!("Cookie: {}", preview.cookie())];
    while !preview
        .ask("GET /entries/one.html", &cookie)
        .1
        .contains("Later words")
    {
        assert!(
            begin.elapsed() < Duration::from_secs(20),
            "the save is not shown"
        );
        std::thread::sleep(Duration::from_millis(50));
    }
}
