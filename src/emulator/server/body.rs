//! The second part of a request.

use tokio::io::AsyncRead;

use super::head::Framing;
use super::problem::Problem;
use super::source::Source;

/// Room for a thousand requests with a few large images.
const LARGEST_BODY: usize = 64 * 1024 * 1024;
const LONGEST_LINE: usize = 8 * 1024;
const TOO_LARGE: Problem = Problem::Refused(413, "The body is larger than 64 MiB.");

/// Whether a body of this length is refused before it is sent.
pub(super) fn check_length(framing: Framing) -> Result<(), Problem> {
    match framing {
        Framing::Length(length) if usize::try_from(length).is_ok_and(|length| length <= LARGEST_BODY) => {
            Ok(())
        }
        Framing::Length(_) => Err(TOO_LARGE),
        Framing::Chunked => Ok(()),
    }
}

/// Reads a body.
pub(super) async fn read_body<R: AsyncRead + Unpin>(
    source: &mut Source<R>,
    framing: Framing,
) -> Result<Vec<u8>, Problem> {
    let mut body = Vec::new();
    match framing {
        Framing::Length(length) => {
            source.read_exactly(usize::try_from(length).map_err(|_| TOO_LARGE)?, &mut body).await?;
        }
        Framing::Chunked => read_chunks(source, &mut body).await?,
    }
    Ok(body)
}

async fn read_chunks<R: AsyncRead + Unpin>(
    source: &mut Source<R>,
    body: &mut Vec<u8>,
) -> Result<(), Problem> {
    loop {
        let size = parse_size(&source.read_line(LONGEST_LINE).await?)?;
        if size == 0 {
            break;
        }
        if size > LARGEST_BODY.saturating_sub(body.len()) {
            return Err(TOO_LARGE);
        }
        source.read_exactly(size, body).await?;
        if !source.read_line(LONGEST_LINE).await?.is_empty() {
            return Err(Problem::Refused(400, "A chunk is longer than its size says."));
        }
    }
    let mut trailers = 0;
    loop {
        let line = source.read_line(LONGEST_LINE).await?;
        trailers += line.len();
        if line.is_empty() {
            return Ok(());
        }
        if trailers > LONGEST_LINE {
            return Err(Problem::Refused(431, "The trailers are too large."));
        }
    }
}

fn parse_size(line: &[u8]) -> Result<usize, Problem> {
    let digits = line.split(|byte| *byte == b';').next().unwrap_or_default().trim_ascii();
    let is_number = !digits.is_empty() && digits.iter().all(u8::is_ascii_hexdigit);
    let text = std::str::from_utf8(digits).ok().filter(|_| is_number);
    let text = text.ok_or(Problem::Refused(400, "The size of a chunk is not a number."))?;
    usize::from_str_radix(text, 16).map_err(|_| TOO_LARGE)
}
