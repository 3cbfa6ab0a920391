//! The rules, tested without Python. One binary, so that it links once.

// A test that cannot go on has failed.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod answers_conformance;
mod answers_matching;
mod answers_pattern;
mod answers_prose;
mod answers_schema;
mod answers_segments;
mod client;
mod config;
mod corpus;
mod emulator_cancellation;
mod emulator_checks;
mod emulator_errors;
mod emulator_faults;
mod emulator_golden;
mod emulator_images;
mod emulator_listing;
mod emulator_options;
mod emulator_results;
mod emulator_schemas;
mod emulator_scripts;
mod emulator_segments;
mod emulator_server;
mod emulator_states;
mod emulator_story;
mod emulator_webhooks;
mod emulator_windows;
mod emulator_wire;
mod export;
mod floors;
mod jsonl;
mod jsonl_corpus;
mod jsonl_properties;
mod jsonl_suite;
mod manifest;
mod model;
mod models;
mod pace;
mod pager;
mod related;
mod results_cut;
mod retry;
mod retry_data;
mod scripted;
mod trouble;
mod validate_assets;
mod validate_cases;
mod validate_formats;
mod validate_media;
mod validate_rules;
mod validate_schemas;
mod validate_settings;
mod wait;
mod webhook;
