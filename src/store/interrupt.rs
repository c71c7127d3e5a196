//! SIGINT and SIGTERM, and what Windows has for them: ends the program without leaving a temporary file.

use std::io::Write;
use std::sync::{Once, mpsc};

/// The exit code of a command that could not do its job.
const FAILED: i32 = 2;

/// Handles signals from now on: `clean_up` runs, then the process exits. Commands that write
/// nothing never call this, and end by the default action.
pub(super) fn handle(clean_up: fn()) {
    static HANDLED: Once = Once::new();
    HANDLED.call_once(|| {
        let (ready, is_ready) = mpsc::channel();
        std::thread::spawn(move || wait(&ready, clean_up));
        // If the thread could not start, signals are not handled, and the next command removes what
        // is left.
        let _ = is_ready.recv();
    });
}

fn wait(ready: &mpsc::Sender<()>, clean_up: fn()) {
    let Ok(runtime) = tokio::runtime::Builder::new_current_thread()
        .enable_io()
        .build()
    else {
        return;
    };
    if runtime.block_on(signal(ready)).is_ok() {
        clean_up();
        end();
    }
}

#[cfg(unix)]
async fn signal(ready: &mpsc::Sender<()>) -> std::io::Result<()> {
    use tokio::signal::unix::{SignalKind, signal};
    let (mut interrupt, mut terminate) = (
        signal(SignalKind::interrupt())?,
        signal(SignalKind::terminate())?,
    );
    let mut hang_up = signal(SignalKind::hangup())?;
    // The receiver waits for this.
    let _ = ready.send(());
    std::future::poll_fn(|context| {
        let polls =
            [&mut interrupt, &mut terminate, &mut hang_up].map(|signal| signal.poll_recv(context));
        if polls.iter().any(std::task::Poll::is_ready) {
            std::task::Poll::Ready(Ok(()))
        } else {
            std::task::Poll::Pending
        }
    })
    .await
}

/// Ctrl-C and Ctrl-Break, the end of the console's window, and the end of the system.
#[cfg(windows)]
async fn signal(ready: &mpsc::Sender<()>) -> std::io::Result<()> {
    use tokio::signal::windows::{ctrl_break, ctrl_c, ctrl_close, ctrl_shutdown};
    let (mut interrupt, mut stop) = (ctrl_c()?, ctrl_break()?);
    let (mut close, mut shutdown) = (ctrl_close()?, ctrl_shutdown()?);
    // The receiver waits for this.
    let _ = ready.send(());
    std::future::poll_fn(|context| {
        let polls = [
            interrupt.poll_recv(context),
            stop.poll_recv(context),
            close.poll_recv(context),
            shutdown.poll_recv(context),
        ];
        if polls.iter().any(std::task::Poll::is_ready) {
            std::task::Poll::Ready(Ok(()))
        } else {
            std::task::Poll::Pending
        }
    })
    .await
}

#[expect(
    clippy::exit,
    reason = "a signal ends the program from outside, wherever it is"
)]
fn end() {
    // Without a terminal there is nowhere to write to.
    let _ = writeln!(
        std::io::stderr(),
        "ksbfolio: stopped; no file is left half written"
    );
    std::process::exit(FAILED);
}
