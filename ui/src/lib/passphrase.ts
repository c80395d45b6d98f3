import { isMacPlatform, isWindowsPlatform } from "./platform";

/** What a refused passphrase came to, in words; `seconds` until the next is looked at. */
export function refusedWords(seconds: number): string {
  return seconds > 0 ? `That was not the passphrase. The next one is looked at in ${waitWords(seconds)}.` : "That was not the passphrase.";
}

/** A wait in words: "12 s", "3 min". */
export function waitWords(seconds: number): string {
  return seconds < 100 ? `${seconds} s` : `${Math.ceil(seconds / 60)} min`;
}

/** Where the person finds Gatehouse's entry in the system's own keychain program. */
export function keychainPlace(): string {
  if (isMacPlatform()) return "Open Keychain Access, search for app.gatehouse.desktop and delete the entry that begins with app-lock.";
  if (isWindowsPlatform()) return "Open Credential Manager, Windows Credentials, and remove the entry that names app-lock and app.gatehouse.desktop.";
  return "Open your desktop's keychain program (Passwords and Keys, KWalletManager) and delete “Gatehouse: Checks the passphrase of the app lock”.";
}
