/**
 * Parts of Chromium that a page needs nothing of. Of several such lists the last one counts, so that this one also says
 * what Playwright's own would have said and matters here: from `HttpsUpgrades` on.
 */
const LEFT_OUT = [
  // Each window loads two pages for what its address bar suggests: two seconds of a processor, and nobody sees a window.
  'WebUIOmniboxPopup',
  'WebUIOmniboxAimPopup',
  'HttpsUpgrades',
  'HttpsFirstBalancedModeAutoEnable',
  'PaintHolding',
  'ThirdPartyStoragePartitioning',
  'DestroyProfileOnBrowserClose',
  'AvoidUnnecessaryBeforeUnloadCheckSync',
  'LensOverlay',
  'MediaRouter',
  'OptimizationHints',
  'NetworkTimeServiceQuerying',
  'PreconnectToSearch',
  'AimEnabled',
]

/** Flags for a Chromium that runs as any user, draws without a graphics card and talks to nobody but the site. */
export const browserFlags: string[] = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  `--disable-features=${LEFT_OUT.join(',')}`,
]
