//! Who an item is: what is asked, of which model, on whose account.

use serde::Serialize;
use sha2::{Digest, Sha256};

use crate::client::Config;
use crate::models::{BatchDefaults, BatchItemRequest};

/// Changes with what the digests are made of, so that those of two versions never
/// mean two things.
const VERSION: &[u8] = b"twelvelabs-batches item 1";

/// Letters of a `custom_id` that was made here. Those of "base32hex" in RFC 4648, small.
const LETTERS: &[u8; 32] = b"0123456789abcdefghijklmnopqrstuv";
const PREFIX: &str = "tlb-";

type Hash = [u8; 32];

/// Whose account a client uses, told without its key.
#[must_use]
pub fn account_tag(config: &Config) -> String {
    let mut hasher = Sha256::new();
    hasher.update(b"twelvelabs-batches account 1\0");
    hasher.update(config.transport.base_url.as_str().trim_end_matches('/'));
    hasher.update(b"\0");
    hasher.update(config.transport.api_key.expose());
    let digest: Hash = hasher.finalize().into();
    format!("key-{}", letters(&digest[..10]))
}

/// An item, by its content alone: neither its place among the others nor the time
/// matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ItemKey(pub [u8; 16]);

impl ItemKey {
    /// What the item is called on the platform where its user has no name for it.
    #[must_use]
    pub fn custom_id(&self) -> String {
        format!("{PREFIX}{}", letters(&self.0))
    }
}

/// What an item asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Content(Hash);

impl Content {
    /// The item that asks for it the first time, the second time, …
    #[must_use]
    pub fn key(&self, occurrence: u32) -> ItemKey {
        let mut hasher = Sha256::new();
        hasher.update(self.0);
        hasher.update(occurrence.to_le_bytes());
        let digest: Hash = hasher.finalize().into();
        let mut key = [0; 16];
        key.copy_from_slice(&digest[..16]);
        ItemKey(key)
    }
}

/// What all items of a run have in common.
#[derive(Debug, Clone)]
pub struct Identity {
    around: Sha256,
    defaults: [Hash; FIELDS],
    run: Hash,
}

/// Fields that defaults stand in for.
const FIELDS: usize = 8;
/// Of a field that nobody gives.
const NOTHING: Hash = [0; 32];

impl Identity {
    /// Of a run with these settings.
    #[must_use]
    pub fn new(
        account: &str,
        model_name: &str,
        analysis_mode: &str,
        defaults: Option<&BatchDefaults>,
    ) -> Self {
        let mut around = Sha256::new();
        for part in [VERSION, account.as_bytes(), model_name.as_bytes(), analysis_mode.as_bytes()] {
            around.update((part.len() as u64).to_le_bytes());
            around.update(part);
        }
        let defaults = defaults.map_or([NOTHING; FIELDS], fields_of_defaults);
        let mut run = around.clone();
        for field in &defaults {
            run.update(field);
        }
        Self { around, defaults, run: run.finalize().into() }
    }

    /// Of the run itself.
    #[must_use]
    pub fn run_key(&self) -> [u8; 16] {
        let mut key = [0; 16];
        key.copy_from_slice(&self.run[..16]);
        key
    }

    /// What an item asks for, whoever says it: the item itself, or the defaults.
    #[must_use]
    pub fn content(&self, item: &BatchItemRequest) -> Content {
        let mut hasher = self.around.clone();
        hasher.update(digest(&item.video));
        hasher.update(item.custom_id.as_ref().map_or(NOTHING, digest));
        for (own, default) in fields_of_item(item).iter().zip(&self.defaults) {
            hasher.update(if *own == NOTHING { default } else { own });
        }
        Content(hasher.finalize().into())
    }
}

fn fields_of_item(item: &BatchItemRequest) -> [Hash; FIELDS] {
    [
        digest_given(item.prompt.as_ref()),
        digest_given(item.response_format.as_ref()),
        digest_given(item.temperature.as_ref()),
        digest_given(item.max_tokens.as_ref()),
        digest_given(item.min_segment_duration.as_ref()),
        digest_given(item.max_segment_duration.as_ref()),
        digest_given(item.start_time.as_ref()),
        digest_given(item.end_time.as_ref()),
    ]
}

fn fields_of_defaults(defaults: &BatchDefaults) -> [Hash; FIELDS] {
    [
        digest_given(defaults.prompt.as_ref()),
        digest_given(defaults.response_format.as_ref()),
        digest_given(defaults.temperature.as_ref()),
        digest_given(defaults.max_tokens.as_ref()),
        digest_given(defaults.min_segment_duration.as_ref()),
        digest_given(defaults.max_segment_duration.as_ref()),
        digest_given(defaults.start_time.as_ref()),
        digest_given(defaults.end_time.as_ref()),
    ]
}

fn digest_given<T: Serialize>(value: Option<&T>) -> Hash {
    value.map_or(NOTHING, digest)
}

fn digest<T: Serialize>(value: &T) -> Hash {
    // What a request is made of can always be written.
    let text = serde_json::to_vec(value).unwrap_or_default();
    Sha256::digest(text).into()
}

fn letters(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len() * 8 / 5 + 1);
    let (mut held, mut bits) = (0_u32, 0_u32);
    for byte in bytes {
        held = held << 8 | u32::from(*byte);
        bits += 8;
        while bits >= 5 {
            bits -= 5;
            text.push(char::from(LETTERS[(held >> bits & 31) as usize]));
        }
    }
    if bits > 0 {
        text.push(char::from(LETTERS[(held << (5 - bits) & 31) as usize]));
    }
    text
}
