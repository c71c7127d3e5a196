//! The program for a browser tab: reads requests from standard input, and writes the answers to
//! standard output.

use std::io::{self, Read, Write};

fn main() -> io::Result<()> {
    let mut requests = String::new();
    io::stdin().read_to_string(&mut requests)?;
    io::stdout().write_all(ksbfolio::tab::answer(&requests).as_bytes())
}
