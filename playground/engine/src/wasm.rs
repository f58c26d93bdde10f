//! What a host calls. Memory is handed over by address, but every buffer belongs to this side and
//! keeps its length, so that nothing here trusts what a host says.

use crate::Engine;
use std::cell::RefCell;
use std::sync::{Mutex, Once, PoisonError};

thread_local! {
    static ENGINE: RefCell<Engine> = RefCell::default();
    static MESSAGE: RefCell<Vec<u8>> = RefCell::default();
}

/// What a panic said last; a host reads it when a call has ended in a trap.
static FAILURE: Mutex<String> = Mutex::new(String::new());

/// Where a host writes a message of so many bytes.
#[unsafe(no_mangle)]
#[expect(unsafe_code, reason = "a host finds a function by its name alone")]
pub extern "C" fn opsatlas_reserve(length: usize) -> *mut u8 {
    listen();
    MESSAGE.with_borrow_mut(|message| {
        *message = vec![0; length];
        message.as_mut_ptr()
    })
}

/// Answers the message that was written; the answer lies where [`opsatlas_message`] says.
#[unsafe(no_mangle)]
#[expect(unsafe_code, reason = "a host finds a function by its name alone")]
pub extern "C" fn opsatlas_call() {
    answer();
}

fn answer() {
    let asked = MESSAGE.take();
    let answer = ENGINE.with_borrow_mut(|engine| engine.answer(&asked));
    MESSAGE.set(answer);
}

/// Keeps what panics say, which nobody would hear else.
fn listen() {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        std::panic::set_hook(Box::new(|panic| {
            *FAILURE.lock().unwrap_or_else(PoisonError::into_inner) = panic.to_string();
        }));
    });
}

/// Where the last answer lies, until the next message is reserved.
#[unsafe(no_mangle)]
#[expect(unsafe_code, reason = "a host finds a function by its name alone")]
pub extern "C" fn opsatlas_message() -> *const u8 {
    MESSAGE.with_borrow(Vec::as_ptr)
}

/// How many bytes the last answer has.
#[unsafe(no_mangle)]
#[expect(unsafe_code, reason = "a host finds a function by its name alone")]
pub extern "C" fn opsatlas_length() -> usize {
    MESSAGE.with_borrow(Vec::len)
}

/// Puts in the place of the answer what a panic said last.
#[unsafe(no_mangle)]
#[expect(unsafe_code, reason = "a host finds a function by its name alone")]
pub extern "C" fn opsatlas_failure() {
    let said = std::mem::take(&mut *FAILURE.lock().unwrap_or_else(PoisonError::into_inner));
    MESSAGE.set(said.into_bytes());
}

#[cfg(test)]
mod tests {
    use super::{MESSAGE, answer, listen, opsatlas_failure, opsatlas_length};
    use crate::message;
    use std::panic::catch_unwind;

    #[test]
    fn a_panic_leaves_its_words_behind() {
        listen();
        MESSAGE.set(message::write("{\"describe\": {}}", &[]));
        answer();
        assert!(opsatlas_length() > 100);
        MESSAGE.set(message::write("{\"fail\": {}}", &[]));
        assert!(catch_unwind(answer).is_err());
        opsatlas_failure();
        let said = MESSAGE.with_borrow(|said| String::from_utf8_lossy(said).into_owned());
        assert!(said.contains("on purpose"), "{said}");
    }
}
