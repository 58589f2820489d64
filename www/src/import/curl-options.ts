// The options of curl (8.17) and awscurl: which of them have a value, and how each is imported.
//
// https://curl.se/docs/manpage.html, https://github.com/okigan/awscurl

/** Options that the import reads. `=`: with a value. */
const READ =
  'aws-sigv4= basic continue-at= cookie= data= data-ascii= data-binary= data-raw= data-urlencode= form= form-escape form-string= get globoff head header= json= max-time= next oauth2-bearer= proto-default= range= referer= request= retry= time-cond= upload-file= url= url-query= user= user-agent='

/** Options for what curl prints and writes, and how often it tries: they do not change the request. */
const SILENT =
  'buffer clobber compressed create-dirs create-file-mode= disable dump-header= etag-save= fail fail-early fail-with-body help include libcurl= location manual no-buffer no-clobber no-keepalive no-progress-meter out-null output= output-dir= parallel parallel-immediate parallel-max= parallel-max-host= progress-bar progress-meter remote-header-name remote-name remote-name-all remote-time remove-on-error show-error silent skip-existing stderr= styled-output suppress-connect-headers trace= trace-ascii= trace-config= trace-ids trace-time verbose version write-out= xattr'

const CONNECTION = 'a page has no say in how the browser connects'
const FILE = 'a page cannot open files'
const REDIRECTS = 'a page follows redirects as the browser does'
const RETRIES = 'set repetitions under Options'
const PROTOCOL = 'it is for another protocol than HTTP'
const ALGORITHM = 'a page cannot sign in in that way'

/** Options that are not imported, by the reason to show. */
const LEFT_OUT: readonly [reason: string, names: string][] = [
  [
    CONNECTION,
    'abstract-unix-socket= alpn alt-svc= ca-native cacert= capath= cert= cert-status cert-type= ciphers= connect-timeout= connect-to= crlfile= curves= delegation= dns-interface= dns-ipv4-addr= dns-ipv6-addr= dns-servers= doh-cert-status doh-insecure doh-url= dump-ca-embed ech= egd-file= engine= expect100-timeout= false-start happy-eyeballs-timeout-ms= haproxy-clientip= haproxy-protocol hsts= http0.9 http1.0 http1.1 http2 http2-prior-knowledge http3 http3-only ignore-content-length insecure interface= ip-tos= ipfs-gateway= ipv4 ipv6 keepalive keepalive-cnt= keepalive-time= key= key-type= limit-rate= local-port= max-filesize= metalink mptcp no-alpn no-npn no-sessionid noproxy= npn pass= pinnedpubkey= preproxy= proxy= proxy-anyauth proxy-basic proxy-ca-native proxy-cacert= proxy-capath= proxy-cert= proxy-cert-type= proxy-ciphers= proxy-crlfile= proxy-digest proxy-header= proxy-http2 proxy-http3 proxy-insecure proxy-key= proxy-key-type= proxy-negotiate proxy-ntlm proxy-pass= proxy-pinnedpubkey= proxy-service-name= proxy-ssl-allow-beast proxy-ssl-auto-client-cert proxy-tls13-ciphers= proxy-tlsauthtype= proxy-tlspassword= proxy-tlsuser= proxy-tlsv1 proxy-user= proxy1.0= proxytunnel random-file= rate= raw resolve= sessionid sigalgs= signature-algorithms= socks4= socks4a= socks5= socks5-basic socks5-gssapi socks5-gssapi-nec socks5-gssapi-service= socks5-hostname= speed-limit= speed-time= ssl-allow-beast ssl-auto-client-cert ssl-no-revoke ssl-revoke-best-effort ssl-sessions= sslv2 sslv3 tcp-fastopen tcp-nodelay tls-earlydata tls-max= tls-min= tls13-ciphers= tlsauthtype= tlspassword= tlsuser= tlsv1 tlsv1.0 tlsv1.1 tlsv1.2 tlsv1.3 tr-encoding unix-socket= vlan-priority=',
  ],
  [FILE, 'config= etag-compare= netrc netrc-file= netrc-optional'],
  [REDIRECTS, 'follow location-trusted max-redirs= post301 post302 post303 proto-redir='],
  [RETRIES, 'retry-all-errors retry-connrefused retry-delay= retry-max-time='],
  [ALGORITHM, 'anyauth digest negotiate ntlm ntlm-wb sasl-authzid= sasl-ir service-name='],
  ['a page cannot send cookies to another site', 'cookie-jar= junk-session-cookies'],
  ['the browser removes dots from paths', 'path-as-is'],
  ['a page cannot change what stands in the request line', 'request-target='],
  ['write the variable as {{name}}, and give it a value under Environments', 'variable='],
  ['a page asks one host', 'disallow-username-in-url proto='],
  [
    PROTOCOL,
    'append compressed-ssh crlf disable-eprt disable-epsv eprt epsv ftp-account= ftp-alternative-to-user= ftp-create-dirs ftp-method= ftp-pasv ftp-port= ftp-pret ftp-skip-pasv-ip ftp-ssl ftp-ssl-ccc ftp-ssl-ccc-mode= ftp-ssl-control ftp-ssl-reqd hostpubmd5= hostpubsha256= knownhosts= krb= krb4= list-only login-options= mail-auth= mail-from= mail-rcpt= mail-rcpt-allowfails pubkey= quote= ssl ssl-reqd telnet-option= tftp-blksize= tftp-no-options upload-flags= use-ascii',
  ],
]

/** Options of awscurl that curl does not have, or has with another meaning. */
const AWSCURL =
  'access_key= data= data-binary fail-with-body header= include insecure location output= profile= region= request= secret_key= security_token= service= session_token= tls-max= tls-min= verbose'

/** Short options, by their long names. */
const LETTERS =
  '#progress-bar 0http1.0 1tlsv1 2sslv2 3sslv3 4ipv4 6ipv6 :next Auser-agent Buse-ascii Ccontinue-at Ddump-header Ecert Fform Gget Hheader Ihead Jremote-header-name Kconfig Llocation Mmanual Nno-buffer Oremote-name Pftp-port Qquote Rremote-time Sshow-error Tupload-file Uproxy-user Vversion Xrequest Yspeed-limit Zparallel aappend bcookie ccookie-jar ddata ereferer ffail ggloboff hhelp iinclude jjunk-session-cookies kinsecure llist-only mmax-time nnetrc ooutput pproxytunnel qdisable rrange ssilent ttelnet-option uuser vverbose wwrite-out xproxy yspeed-time ztime-cond'

export interface CurlOption {
  /** Its long name. */
  name: string
  valued: boolean
  /** Why it is not imported; empty if it is read, or changes nothing. */
  reason: string
  /** Whether it changes nothing. */
  silent: boolean
}

export interface Options {
  long: ReadonlyMap<string, CurlOption>
  short: ReadonlyMap<string, string>
}

function add(into: Map<string, CurlOption>, names: string, reason: string, silent = false) {
  for (const written of names.split(' ')) {
    const name = written.replace('=', '')
    into.set(name, { name, valued: written.endsWith('='), reason, silent })
  }
}

const short = new Map(LETTERS.split(' ').map((item) => [item.charAt(0), item.slice(1)]))

function ofCurl(): Options {
  const long = new Map<string, CurlOption>()
  for (const [reason, names] of LEFT_OUT) add(long, names, reason)
  add(long, SILENT, '', true)
  add(long, READ, '')
  return { long, short }
}

export const CURL: Options = ofCurl()

function ofAwscurl(): Options {
  const long = new Map(CURL.long)
  for (const written of AWSCURL.split(' ')) {
    const name = written.replace('=', '')
    const { reason = '', silent = false } = CURL.long.get(name) ?? {}
    long.set(name, { name, valued: written.endsWith('='), reason, silent })
  }
  add(long, 'profile=', 'a page cannot read the files of the AWS CLI')
  return { long, short }
}

export const AWSCURL_OPTIONS: Options = ofAwscurl()

/** Finds an option by its long name, by an unambiguous prefix, or as `--no-…` of a flag. */
export function optionOf({ long }: Options, name: string): { option: CurlOption; off: boolean } | undefined {
  const exact = long.get(name)
  if (exact) return { option: exact, off: false }
  const positive = name.startsWith('no-') ? long.get(name.slice(3)) : undefined
  if (positive && !positive.valued) return { option: positive, off: true }
  const begins = name.length > 1 ? [...long.values()].filter((item) => item.name.startsWith(name)) : []
  return begins.length === 1 && begins[0] ? { option: begins[0], off: false } : undefined
}
