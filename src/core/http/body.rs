//! The body of an answer: read piece by piece, decompressed on the way, and bounded.
//!
//! Owns how much may come in, so that neither a panel nor a few bytes that decompress to gigabytes use up the memory of
//! the process, or the thread that other calls run on. Must not know: connections, and what a body means.

use std::io::Write;

use bytes::{Bytes, BytesMut};
use flate2::write::MultiGzDecoder;
use http::header::{CONTENT_ENCODING, HeaderMap};

use super::failure::Failure;
use crate::core::backlog::{self, Backlog};
use crate::core::host_value::HostValue;
use crate::core::options::Options;
use crate::core::response::{Headers, Response};

/// A decompressed body may be this many times as long as what came in. Panels' JSON is ten to twenty times as long as its
/// gzip, a bomb a thousand times.
const MOST_EXPANSION: u64 = 200;
/// Short bodies may expand as they like: they hurt nobody.
const FREE_EXPANSION: u64 = 16 * 1024 * 1024;
/// After so many decompressed bytes other calls have their turn: a fraction of a millisecond.
const BETWEEN_YIELDS: u64 = 128 * 1024;
/// Memory that is set aside for an announced length before anything of it has come; more is added as it comes.
const MOST_SET_ASIDE: u64 = 32 * 1024 * 1024;

/// Where a body comes from.
pub trait Source {
    /// Its next piece; `None` after the last.
    async fn next(&mut self) -> Result<Option<Bytes>, Failure>;
}

/// What is known of an answer before its body.
pub struct Head {
    /// HTTP status code.
    pub status: u16,
    /// Headers.
    pub headers: HeaderMap,
    /// The length of the body as it is sent, where that was announced.
    pub announced: Option<u64>,
}

/// Why a body cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unusable {
    /// It is longer than this many bytes.
    TooLong(u64),
    /// It is longer than its compressed form by more than this factor.
    Expands(u64),
    /// It is compressed in a way that was not asked for.
    Unasked(String),
    /// It says that it is gzip and is not, or not all of it.
    BadGzip,
}

/// Reads the whole body, as far as the options allow, and makes the answer of it.
pub async fn read(head: Head, mut source: impl Source, options: &Options) -> Result<Response, Failure> {
    let Head { status, mut headers, announced } = head;
    let mut reading = Reading::of(&headers, announced, options.max_response_size);
    let outcome = fill(&mut reading, &mut source, announced, &options.backlog).await;
    if reading.is_zipped() {
        // Who reads the headers reads the decompressed body.
        headers.remove(CONTENT_ENCODING);
    }
    let headers = Headers::from(headers);
    match outcome.and_then(|()| reading.end().map_err(Stop::Unusable)) {
        Ok(body) => Ok(Response { status, headers, body, thrown: HostValue::default() }),
        Err(Stop::Failed(failure)) => Err(failure),
        Err(Stop::Unusable(why)) => {
            let response = Response { status, headers, body: Bytes::new(), thrown: HostValue::default() };
            Err(Failure::Unusable(why, Box::new(response)))
        }
    }
}

enum Stop {
    Failed(Failure),
    Unusable(Unusable),
}

async fn fill(
    reading: &mut Reading,
    source: &mut impl Source,
    announced: Option<u64>,
    backlog: &Backlog,
) -> Result<(), Stop> {
    if announced.is_some_and(|length| length > reading.limit) {
        return Err(Stop::Unusable(Unusable::TooLong(reading.limit)));
    }
    while let Some(mut piece) = source.next().await.map_err(Stop::Failed)? {
        while !piece.is_empty() {
            reading.add(&mut piece).map_err(Stop::Unusable)?;
            if !piece.is_empty() {
                tokio::task::yield_now().await;
            }
        }
        if reading.len() >= backlog::LONG {
            backlog.room().await;
        }
    }
    Ok(())
}

/// A body as far as it has come.
struct Reading {
    limit: u64,
    received: u64,
    kind: Kind,
}

enum Kind {
    Plain(Plain),
    Gzip(Box<MultiGzDecoder<Vec<u8>>>),
    Unasked(String),
}

impl Reading {
    fn of(headers: &HeaderMap, announced: Option<u64>, limit: u64) -> Self {
        let coding = headers.get(CONTENT_ENCODING).map(|value| String::from_utf8_lossy(value.as_bytes()));
        let kind = match coding.map(|name| name.trim().to_ascii_lowercase()) {
            Some(name) if matches!(&*name, "gzip" | "x-gzip") => {
                Kind::Gzip(Box::new(MultiGzDecoder::new(Vec::new())))
            }
            // Anything else in this header is no compression, and what came is read as it is.
            Some(name) if matches!(&*name, "br" | "deflate" | "zstd" | "compress" | "x-compress") => {
                Kind::Unasked(name)
            }
            _ => Kind::Plain(Plain::announced(announced)),
        };
        Self { limit, received: 0, kind }
    }

    fn len(&self) -> usize {
        match &self.kind {
            Kind::Plain(plain) => plain.len(),
            Kind::Gzip(decoder) => decoder.get_ref().len(),
            Kind::Unasked(_) => 0,
        }
    }

    fn is_zipped(&self) -> bool {
        matches!(self.kind, Kind::Gzip(_))
    }

    /// Takes in as much of the piece as may be at once, and leaves the rest of it.
    fn add(&mut self, piece: &mut Bytes) -> Result<(), Unusable> {
        match &mut self.kind {
            Kind::Plain(plain) => {
                let piece = piece.split_off(0);
                if (plain.len() + piece.len()) as u64 > self.limit {
                    return Err(Unusable::TooLong(self.limit));
                }
                plain.add(piece);
                Ok(())
            }
            Kind::Unasked(name) => Err(Unusable::Unasked(std::mem::take(name))),
            Kind::Gzip(decoder) => {
                let until = decoder.get_ref().len() as u64 + BETWEEN_YIELDS;
                while !piece.is_empty() && (decoder.get_ref().len() as u64) < until {
                    // At most 32 kB each time.
                    let taken = decoder.write(piece).map_err(|_| Unusable::BadGzip)?;
                    let _ = piece.split_to(taken);
                    self.received += taken as u64;
                }
                within(decoder.get_ref().len() as u64, self.received, self.limit)
            }
        }
    }

    fn end(self) -> Result<Bytes, Unusable> {
        match self.kind {
            Kind::Plain(plain) => Ok(plain.into_bytes()),
            // Panels from 2.8.11 on mark even an empty body as gzip.
            Kind::Gzip(_) if self.received == 0 => Ok(Bytes::new()),
            Kind::Unasked(_) => Ok(Bytes::new()),
            Kind::Gzip(decoder) => {
                let plain = decoder.finish().map_err(|_| Unusable::BadGzip)?;
                within(plain.len() as u64, self.received, self.limit)?;
                Ok(Bytes::from(plain))
            }
        }
    }
}

fn within(length: u64, received: u64, limit: u64) -> Result<(), Unusable> {
    if length > limit {
        return Err(Unusable::TooLong(limit));
    }
    if length > FREE_EXPANSION && length > received.saturating_mul(MOST_EXPANSION) {
        return Err(Unusable::Expands(MOST_EXPANSION));
    }
    Ok(())
}

/// A body that came as it is; one that came in one piece is not copied.
#[derive(Default)]
struct Plain {
    first: Bytes,
    all: BytesMut,
    announced: usize,
}

impl Plain {
    fn announced(length: Option<u64>) -> Self {
        let announced = length.unwrap_or_default().min(MOST_SET_ASIDE) as usize;
        Self { announced, ..Self::default() }
    }

    fn len(&self) -> usize {
        self.first.len() + self.all.len()
    }

    fn add(&mut self, piece: Bytes) {
        if self.first.is_empty() && self.all.is_empty() {
            self.first = piece;
            return;
        }
        if self.all.is_empty() {
            self.all.reserve(self.announced.max(self.first.len() + piece.len()));
            self.all.extend_from_slice(&std::mem::take(&mut self.first));
        }
        self.all.extend_from_slice(&piece);
    }

    fn into_bytes(self) -> Bytes {
        if self.all.is_empty() { self.first } else { self.all.freeze() }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::VecDeque;

    use super::*;
    use crate::core::options::Auth;
    use crate::core::secret::Secret;

    struct Pieces(VecDeque<Bytes>);

    impl Source for Pieces {
        async fn next(&mut self) -> Result<Option<Bytes>, Failure> {
            Ok(self.0.pop_front())
        }
    }

    fn options(limit: u64) -> Options {
        let auth =
            Auth::Token { token: Secret::new("t"), username: String::new(), password: Secret::new("") };
        Options { max_response_size: limit, ..Options::new("http://h", auth) }
    }

    /// The body that comes of these bytes, sent in pieces of this size.
    async fn read_of(bytes: &[u8], coding: &str, limit: u64, size: usize) -> Result<Response, Unusable> {
        let headers = match coding {
            "" => HeaderMap::new(),
            coding => HeaderMap::from_iter([(CONTENT_ENCODING, coding.parse().unwrap())]),
        };
        let pieces = bytes.chunks(size).map(Bytes::copy_from_slice).collect();
        match read(Head { status: 200, headers, announced: None }, Pieces(pieces), &options(limit)).await {
            Ok(answer) => Ok(answer),
            Err(Failure::Unusable(why, answer)) => {
                assert_eq!(answer.status, 200);
                Err(why)
            }
            Err(other) => panic!("{other:?}"),
        }
    }

    fn zipped(text: &[u8]) -> Vec<u8> {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
        encoder.write_all(text).unwrap();
        encoder.finish().unwrap()
    }

    const ROOMY: u64 = 1 << 30;

    #[tokio::test]
    async fn a_body_is_the_same_in_however_many_pieces_it_comes() {
        let text: Vec<u8> =
            (0..300_000u32).flat_map(|n| (n.wrapping_mul(2_654_435_761)).to_le_bytes()).collect();
        let zipped = zipped(&text);
        for size in [1_000, 65_536, usize::MAX] {
            assert!(read_of(&text, "", ROOMY, size).await.unwrap().body == text);
            let answer = read_of(&zipped, "GZIP", ROOMY, size).await.unwrap();
            assert!(answer.body == text);
            assert_eq!(answer.header("content-encoding"), None);
        }
        let two = [zipped.clone(), zipped].concat();
        assert_eq!(read_of(&two, "gzip", ROOMY, 7_777).await.unwrap().body.len(), 2 * text.len());
    }

    #[tokio::test]
    async fn a_body_that_is_longer_than_it_may_be_is_refused_in_either_form() {
        let text = vec![b'x'; 10_001];
        assert_eq!(read_of(&text, "", 10_000, 999).await, Err(Unusable::TooLong(10_000)));
        assert_eq!(read_of(&zipped(&text), "gzip", 10_000, 999).await, Err(Unusable::TooLong(10_000)));
        assert_eq!(read_of(&zipped(&text), "gzip", 10_001, 999).await.unwrap().body.len(), 10_001);
        let announced = Head { status: 200, headers: HeaderMap::new(), announced: Some(10_001) };
        let refused = read(announced, Pieces(VecDeque::new()), &options(10_000)).await;
        assert!(matches!(refused, Err(Failure::Unusable(Unusable::TooLong(10_000), _))));
    }

    #[tokio::test]
    async fn a_body_that_expands_a_thousandfold_is_refused_before_the_limit() {
        let bomb = zipped(&vec![b' '; 64 << 20]);
        assert_eq!(read_of(&bomb, "gzip", ROOMY, 16_384).await, Err(Unusable::Expands(MOST_EXPANSION)));
        let small = zipped(&vec![b' '; 1 << 20]);
        assert_eq!(read_of(&small, "gzip", ROOMY, 16_384).await.unwrap().body.len(), 1 << 20);
    }

    #[tokio::test]
    async fn others_have_their_turn_while_a_body_is_decompressed() {
        let text = zipped(&vec![b' '; 8 << 20]);
        let turns = std::rc::Rc::new(std::cell::Cell::new(0));
        let others = turns.clone();
        let local = tokio::task::LocalSet::new();
        local.spawn_local(async move {
            loop {
                others.set(others.get() + 1);
                tokio::task::yield_now().await;
            }
        });
        local.run_until(read_of(&text, "gzip", ROOMY, usize::MAX)).await.unwrap();
        assert!(turns.get() >= 32, "{} turns while 8 MB were decompressed", turns.get());
    }

    #[tokio::test]
    async fn a_long_body_is_read_on_only_when_the_host_has_taken_others() {
        let options = options(ROOMY);
        let behind = options.backlog.add(64 << 20);
        let of = |pieces: usize| {
            let pieces = (0..pieces).map(|_| Bytes::from_static(&[b'x'; 1024])).collect();
            read(Head { status: 200, headers: HeaderMap::new(), announced: None }, Pieces(pieces), &options)
        };
        assert_eq!(of(10).await.unwrap().body.len(), 10 * 1024, "a short one is not held back");
        let held = async {
            let mut long = std::pin::pin!(of(100));
            tokio::select! {
                biased;
                _ = &mut long => panic!("a long one was not held back"),
                () = tokio::task::yield_now() => drop(behind),
            }
            long.await
        };
        assert_eq!(held.await.unwrap().body.len(), 100 * 1024);
    }

    #[tokio::test]
    async fn what_is_no_gzip_or_another_compression_is_said_to_be() {
        let whole = zipped(b"{}");
        assert_eq!(read_of(&whole[..whole.len() - 3], "gzip", ROOMY, 5).await, Err(Unusable::BadGzip));
        assert_eq!(read_of(b"{}", "gzip", ROOMY, 5).await, Err(Unusable::BadGzip));
        assert_eq!(read_of(b"..", "br", ROOMY, 5).await, Err(Unusable::Unasked("br".into())));
        for (coding, sent) in [("gzip", ""), ("br", ""), ("identity", ""), ("utf-8", "{}")] {
            let answer = read_of(sent.as_bytes(), coding, ROOMY, 5).await.unwrap();
            assert_eq!(answer.text(), sent, "{coding}");
        }
    }
}
