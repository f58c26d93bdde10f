//! The bytes of a snapshot: a map of its file, or a copy where there is none.

use crate::graph::Bytes;
use std::fs::File;
use std::io::{self, Read};
use std::sync::Arc;

/// Bytes where words can be.
struct Buffer {
    words: Vec<u64>,
    length: usize,
}

impl AsRef<[u8]> for Buffer {
    fn as_ref(&self) -> &[u8] {
        &bytemuck::cast_slice(&self.words)[..self.length]
    }
}

/// The bytes of a stream of which `begin` has been read.
pub(super) fn held(begin: &[u8], mut stream: impl Read) -> io::Result<Bytes> {
    let mut bytes = begin.to_vec();
    stream.read_to_end(&mut bytes)?;
    let mut words = vec![0_u64; bytes.len().div_ceil(8)];
    bytemuck::cast_slice_mut(&mut words)[..bytes.len()].copy_from_slice(&bytes);
    Ok(Bytes::Held(Arc::new(Buffer { words, length: bytes.len() })))
}

/// The bytes of a file, which come when they are looked at.
#[cfg(any(unix, windows))]
#[expect(unsafe_code, reason = "only a map lets a question read no more than it needs")]
pub(super) fn mapped(file: &File) -> io::Result<Bytes> {
    // SAFETY: the file must not shrink or change while it is mapped. The program itself puts new
    // files in the place of old ones and never writes into one; of others, `docs/limits.md` asks
    // the same. Nothing but bytes and words, which may be any, is read from the map.
    let map = unsafe { memmap2::Mmap::map(file)? };
    Ok(Bytes::Held(Arc::new(map)))
}

/// The bytes of a file, where none can be mapped.
#[cfg(not(any(unix, windows)))]
pub(super) fn mapped(mut file: &File) -> io::Result<Bytes> {
    use std::io::Seek;
    file.rewind()?;
    held(&[], file)
}
