export function isMacPlatform(): boolean {
  return /mac/i.test(navigator.platform);
}

export function isWindowsPlatform(): boolean {
  return /win/i.test(navigator.platform);
}
