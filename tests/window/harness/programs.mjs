// Where the programs under test are. `cargo xtask test` says so in the environment; run by hand,
// the debug build of this repository is taken.

import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../..');
const target = process.env.CARGO_TARGET_DIR
  ? path.resolve(root, process.env.CARGO_TARGET_DIR)
  : path.join(root, 'target');

export const programs = {
  app: process.env.GATEHOUSE_APP ?? path.join(target, 'debug/gatehouse'),
  simulator: process.env.GATEHOUSE_SIM ?? path.join(target, 'debug/gatehouse-sim'),
  driver: process.env.GATEHOUSE_TAURI_DRIVER ?? path.join(target, 'tools/bin/tauri-driver'),
  python: process.env.GATEHOUSE_PYTHON ?? path.join(target, 'python/bin/python'),
  nativeDriver: '/usr/bin/WebKitWebDriver',
  camera: '/usr/bin/import',
};

/** The folder that screenshots go to. */
export const shots = process.env.GATEHOUSE_SHOTS ?? path.join(target, 'window');

/** `demo` when a person only wants to see the pictures, else `test`. */
export const mode = process.env.GATEHOUSE_TOUR ?? 'test';
