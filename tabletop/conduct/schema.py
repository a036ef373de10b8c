"""What an exercise file holds, as SQL that SQLite has read since 3.8 (no STRICT tables)."""

from tabletop.conduct.file_access import APPLICATION

SCHEMA = f"""
CREATE TABLE header (
    data BLOB NOT NULL,
    hash TEXT NOT NULL
);

CREATE TABLE entries (
    seq INTEGER PRIMARY KEY,
    data BLOB NOT NULL,
    hash TEXT NOT NULL
);

CREATE TABLE words (
    reference TEXT NOT NULL,
    seat TEXT NOT NULL,
    salt BLOB,
    text TEXT
);

CREATE TABLE summary (
    title TEXT NOT NULL,
    scenario_name TEXT NOT NULL,
    started TEXT NOT NULL,
    last TEXT NOT NULL,
    roles TEXT NOT NULL,
    status TEXT NOT NULL,
    scene_title TEXT NOT NULL,
    elapsed_ms INTEGER NOT NULL,
    head_seq INTEGER NOT NULL,
    head_hash TEXT NOT NULL
);

CREATE TABLE origin (
    path BLOB NOT NULL
);

CREATE TABLE notes (
    seat TEXT PRIMARY KEY,
    text TEXT NOT NULL
);

CREATE TABLE drafts (
    seat TEXT NOT NULL,
    decision TEXT NOT NULL,
    text TEXT NOT NULL,
    PRIMARY KEY (seat, decision)
);

CREATE TRIGGER header_stays BEFORE UPDATE ON header
BEGIN SELECT RAISE(ABORT, 'the header never changes'); END;
CREATE TRIGGER header_remains BEFORE DELETE ON header
BEGIN SELECT RAISE(ABORT, 'the header never goes'); END;

CREATE TRIGGER entries_follow BEFORE INSERT ON entries
WHEN NEW.seq IS NOT (SELECT coalesce(max(seq), 0) + 1 FROM entries)
BEGIN SELECT RAISE(ABORT, 'entries are appended one after another'); END;
CREATE TRIGGER entries_stay BEFORE UPDATE ON entries
BEGIN SELECT RAISE(ABORT, 'entries never change'); END;
CREATE TRIGGER entries_remain BEFORE DELETE ON entries
BEGIN SELECT RAISE(ABORT, 'entries never go'); END;

CREATE TRIGGER words_stay BEFORE UPDATE ON words
WHEN NEW.text IS NOT NULL OR NEW.salt IS NOT NULL OR NEW.reference <> OLD.reference
BEGIN SELECT RAISE(ABORT, 'words are erased or stay as they are'); END;
CREATE TRIGGER words_remain BEFORE DELETE ON words
BEGIN SELECT RAISE(ABORT, 'words leave their reference behind'); END;

PRAGMA application_id = {APPLICATION};
"""
"""The triggers guard against our own mistakes; against other people's hands there is `verify`."""
