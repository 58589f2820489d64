// How every test, bench and picture starts Chromium: without the connections that it makes by itself.

export const SWITCHES = [
  // Its sandbox does not start as root, which is who containers run as.
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]
