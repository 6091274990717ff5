/*
 * What this package does on purpose in another way than the reference: the one list, of which docs/DIFFERENCES.md is made.
 *
 * `reasons` are those that the exceptions of the comparison give (`because`): each of them belongs to one difference,
 * and a difference without any names the test that holds it instead.
 *
 * @typedef {object} Difference
 * @property {string} id
 * @property {string} theirs - What the reference does.
 * @property {string} ours
 * @property {string} why - Why no working program notices, except by working better.
 * @property {string[]} [reasons]
 * @property {string} [test] - `file: name of the test`, below `__test__`.
 */

/** @type {Record<string, Difference[]>} by the heading under which they stand */
export const DIFFERENCES = {
  'On the wire': [
    {
      id: 'panels-own-secrets',
      theirs: 'Sends the cookie and the token to any server that a URL names, in `_request` and in `client.api`.',
      ours: 'Sends them, and secrets among the defaults of `client.api`, to the panel’s own origin. What a call is given for itself goes where the call goes.',
      why: 'No other server takes them.',
      test: 'elsewhere.test.mjs: a call to another server tells it nothing of the panel: ${who}, ${how}',
    },
    {
      id: 'get-without-body',
      theirs: 'Sends `{}` as the body of every GET.',
      ours: 'A GET carries no body and no content type.',
      why: 'The panel reads none, and proxies that refuse such a GET let ours pass.',
      reasons: ['a GET carries no body: the panel reads none, and a proxy may refuse one'],
      test: 'differences.test.mjs: get-without-body',
    },
    {
      id: 'one-login-route',
      theirs: 'Sends the password to `/panel/api/login` first, which no panel has, then to `/login`.',
      ours: 'Sends it to `/login` only.',
      why: 'The first attempt has never succeeded anywhere; it put passwords into the logs of proxies.',
      reasons: ["credentials go to the panel's own login and to no other route"],
      test: 'differences.test.mjs: one-login-route',
    },
    {
      id: 'last-cookie',
      theirs: 'Takes the first of several `Set-Cookie`, also one that only deletes an old cookie.',
      ours: 'Takes the last of each name, as browsers do, and leaves deleted ones out.',
      why: 'The first one is not the session where there are several: such logins led nowhere.',
      test: 'differences.test.mjs: last-cookie',
    },
    {
      id: 'clean-login',
      theirs:
        'Logs in anew with the cookie of the session before, for which a panel makes no new CSRF token.',
      ours: 'Every login starts clean.',
      why: 'A login after `clearAllSessions()` works instead of failing with 403.',
      reasons: [
        'every login starts clean, without the cookie of the session before',
        'a CSRF token is asked for without the cookie of a session: with one, a panel makes no new cookie for it',
      ],
    },
    {
      id: 'csrf-renewed',
      theirs: 'Fails with 403 when the CSRF token is no longer the session’s.',
      ours: 'Fetches the token anew, once, and sends the call again.',
      why: 'The call succeeds.',
      reasons: ['a stale CSRF token is fetched anew once, then the call succeeds'],
    },
    {
      id: 'logout-by-post',
      theirs:
        'Logs out by GET, which panels from 3.0 on do not have, then logs in twice and gives up silently.',
      ours: 'Logs out by the verb that the panel has; who is not logged in sends nothing.',
      why: 'The session really ends.',
      reasons: [
        'logout goes to the panel by the verb that it has, and does not log in again',
        'a call after logout logs in once',
        'who is not logged in has nothing to log out of',
        'a token has no session to end',
      ],
      test: 'differences.test.mjs: logout-by-post',
    },
    {
      id: 'missing-route',
      theirs: 'Takes a missing route for a lost session: logs in, asks again, fails with 404.',
      ours: 'Knows which version has which route. Where another route does the same it is used; where none does, an `UnsupportedByPanelError` says which versions do.',
      why: 'Methods work on all versions; where they cannot, no login is spent, and the error is still one with an axios shape.',
      reasons: [
        'what a version of the panel cannot do is an error that says so, and costs no request and no login',
        'a 404 of a panel that answers 401 for a lost session is no reason to log in',
        'a missing route costs no login: the route that the panel has is asked for at once',
        'a path that is none is found to be none without a login',
        'the routes of clients inside inbounds were removed in 3.1',
        'the routes of clients as things of their own came in 3.1',
        'the routes of settings and of Xray were outside of the API up to 3.2',
        'what the panel is, is asked once in a session',
        'a client is in exactly one inbound of an old panel: an error that says so',
        'a route that the panel lacks is no dead end: by what the panel has in its place the method does the same',
      ],
    },
    {
      id: 'not-found',
      theirs: 'Takes every 404 for a lost session and logs in: after ten of them an hour passes in which no call works.',
      ours: 'Looks at a route that is there, once a minute for the same question, and logs in where the session is lost.',
      why: 'One bad name costs other calls nothing.',
      reasons: ['a 404 is no lost session by default: a route that is there is looked at first'],
      test: 'session-recovery.test.mjs: a 404 for one name costs no login and one look at a known route, however often it comes',
    },
    {
      id: 'form-fields',
      theirs:
        'Sends JSON where the panel reads form fields: `updateXrayConfig`, `manageWarp`, `resetOutboundsTraffic`, `allOutbounds` of `testOutbound`, uploads of a web `FormData`, `URLSearchParams`.',
      ours: 'Sends the form fields that the panel reads, by their names.',
      why: 'These calls did nothing or were refused; now they do what they say.',
      reasons: [
        'the panel reads a new Xray configuration out of a form field',
        'the panel reads what WARP is to do out of form fields',
        'the panel reads which outbound to reset out of a form field; without one it means all',
        'the panel reads the other outbounds of a test from the form field allOutbounds',
        'a form of the web is uploaded as one: the reference sends it as an empty object',
        'search parameters are a form, and are called one',
      ],
      test: 'differences.test.mjs: form-fields',
    },
    {
      id: 'node-switch',
      theirs: 'Sends `{}` to switch a node over, which the panel reads as off.',
      ours: 'Asks what the node is, and switches it to what it is not.',
      why: 'Switching a node over works in both directions.',
      reasons: [
        'a node is switched to what it is not by asking first: the panel reads a missing switch as off',
      ],
    },
    {
      id: 'paged-clients',
      theirs: 'Sends `size`, `email` and `order: desc`, of which the panel reads none.',
      ours: 'Sends `pageSize`, `search` and `descend`; takes the old names for them, and all other parameters of the panel.',
      why: 'A program gets the page it asked for instead of the first 25 clients.',
      reasons: [
        'pages of clients are asked for by the names that the panel reads; the old names stand for them',
      ],
      test: 'differences.test.mjs: paged-clients',
    },
    {
      id: 'language',
      theirs:
        'Names no language, so that the panel answers in the language that it was last asked in by anybody.',
      ours: 'Asks for English.',
      why: 'Messages are those that programs compare with.',
      reasons: ['the panel keeps the last language it was asked in for everybody, so one is always named'],
    },
    {
      id: 'names-itself',
      theirs: 'Calls itself `3xui-api-client`, and takes four compressions.',
      ours: 'Calls itself `3xui-native`, and takes gzip, which is what panels send. `userAgent` changes the name.',
      why: 'No panel looks at either.',
      reasons: [
        'each library names itself, and takes the compressions that it knows',
        'the same for the login',
      ],
    },
    {
      id: 'path-segments',
      theirs: 'Writes names into paths as they are: a slash or a question mark makes another path.',
      ours: 'A name stays one segment of its path; for one that no path can carry (a slash, `.`, `..`) no such request is made: its client is read and deleted by other ways, up to 3.1 also changed, and what has no other way is refused.',
      why: 'Clients are reached whatever they are called, and `../` leads nowhere.',
      reasons: [
        'what stands in a path stays one segment of it',
        'a name that old routes take as it is stays one segment of the path, and reaches its client',
      ],
    },
    {
      id: 'backup',
      theirs:
        'Asks for a backup by a verb and a path that only some versions have, and resolves with an empty text.',
      ours: 'Asks by what the version has, and resolves with an envelope.',
      why: '`success` can be read of it.',
      reasons: [
        'a backup for Telegram is asked for by the verb that the panel has, and answered with an envelope',
      ],
    },
  ],
  'Logins and sessions': [
    {
      id: 'limiter-counts-logins',
      theirs:
        'Counts each call of `login()`, also one that finds its session: after ten requests an hour the Express middleware and `withThreeXUI` refuse everything.',
      ours: 'Counts logins that are really sent. `maxRequestsPerMinute` is a figure that is watched and reported, never a limit.',
      why: 'Web servers no longer stop after ten requests; an account is protected from lock-out as before.',
      reasons: [
        'the limiter counts logins that were sent, not calls that found a session',
        'the same in the statistics: a login that was refused by the limiter was not sent',
      ],
      test: 'differences.test.mjs: limiter-counts-logins',
    },
    {
      id: 'login-options',
      theirs: 'Documents `maxLoginRetries` and `autoGenerateCredentials`, and reads neither.',
      ours: '`autoGenerateCredentials` makes the credential that a client of `addClient` lacks. `maxLoginRetries` is how many logins in a row a panel may refuse before calls stop trying.',
      why: 'Programs that do not set them see nothing of it.',
      test: 'differences.test.mjs: login-options',
    },
    {
      id: 'cleared-session',
      theirs:
        'Prints failures of a session store to the console, and counts a manager without `getStats` as one without a word.',
      ours: 'A store that fails costs a login and an entry in the activity log; the statistics say whether it could be reached.',
      why: 'There is one member more.',
      reasons: ['the statistics of the session store say whether it could be reached'],
    },
    {
      id: 'sql-stores',
      theirs: 'Keeps sessions in MySQL only: `ON DUPLICATE KEY` and `?`.',
      ours: 'Keeps them through mysql2, mariadb, pg, better-sqlite3, `node:sqlite` or anything like one of them, in the table of the guide or in the original’s.',
      why: 'What was kept in MySQL is found as before.',
      test: 'session-stores.test.mjs: clients share one login through ${name}: ${version}',
    },
    {
      id: 'activity-log',
      theirs: 'The activity log holds the third refused login and little else.',
      ours: 'It holds each refused login, and what was done to clients and inbounds; never a credential.',
      why: 'There are more entries, of the same shape.',
      reasons: [
        'the activity log shows what happened to clients and inbounds',
        'the activity log shows each refused login, and with the third what the reference shows',
      ],
    },
    {
      id: 'proven-sessions',
      theirs: 'Takes whatever a session store gives for this user on this panel: `login()` with a wrong password succeeds from a shared store.',
      ours: 'Keeps a proof beside a session, an HMAC under a key made of panel, user and password. A session of another user, panel or password is taken for none; one without a proof, as the original keeps it, is taken as before. What is longer than 64 kB is refused.',
      why: 'There is one member more, which the original does not read. Who has the right password finds the session.',
      test: 'session-proof.test.mjs: who has another password does not get in by the session in ${name}',
    },
    {
      id: 'hidden-credentials',
      theirs: 'Has password, token, cookie, CSRF token, options and the headers of `client.api.defaults` as plain members, which `console.log`, `JSON.stringify`, spread and loops show.',
      ours: 'They are there by their names, to be read and assigned, and are found by no loop and in no copy; what is printed says `[redacted]`. `client.options` is a copy of what was given. The same holds for managers and stores of sessions, for configs and for headers.',
      why: 'Programs name what they use. Who handed on `{ ...client.api.defaults.headers }` names `Cookie` and `Authorization` instead.',
      test: 'concealed.test.mjs: a client shows none of its secrets, whichever way it was made',
    },
    {
      id: 'redacted-errors',
      theirs: 'Errors hold the whole request, with the session and the password of a login, and answers that repeat it.',
      ours: 'Secrets in an answer, a message or a path of an error are replaced by `[redacted]`; of an answer 64 kB are kept. The `config` of errors of `client.api` can be sent again and is not shown.',
      why: 'What tells the cause is there.',
      test: 'redaction.test.mjs: an error says who it is about, and what came, as before',
    },
    {
      id: 'silence',
      theirs: 'Prints warnings and errors to the console, with the address of the panel.',
      ours: 'Prints nothing unless asked: with the option `debug`, or `NODE_DEBUG=3xui`, one line a request, without secrets.',
      why: 'What was printed is in the errors and in the activity log.',
      test: 'differences.test.mjs: silence',
    },
  ],
  'Clients and inbounds': [
    {
      id: 'inbound-update-keeps',
      theirs: '`updateInbound` sends what it is given, and panels up to 3.1 wipe what is not in it: clients, keys, counters.',
      ours: 'Reads the inbound where something is missing, and keeps what was not named.',
      why: 'An update of a remark changes the remark. Who gives the whole inbound gets what was given.',
      reasons: [
        'what an update of an inbound does not name is kept: panels up to 3.1 would wipe it, newer ones refuse the rest',
        'what is to be changed is read first, and there is nothing to be read',
      ],
    },
    {
      id: 'xray-reads',
      theirs:
        'Stores what Xray cannot read: a cipher of 2022 in a client, one of Shadowsocks without a cipher, an id of more than 30 bytes that is no UUID, a flow that is gone. Panels take it, and from its next start on Xray is down with all inbounds.',
      ours: 'Puts the cipher right, and refuses such an id or flow before anything is sent. `addClientWithCredentials` makes the vision flow of one that is gone.',
      why: 'Nobody could connect afterwards, to any inbound.',
      reasons: [
        'an entry that may be one of Shadowsocks gets the cipher that its inbound asks for, which is read: Xray would refuse all',
      ],
      test: 'xray-users.test.mjs: an id that Xray cannot read is refused before it is sent; a short one is not',
    },
    {
      id: 'protocol-fits',
      theirs: '`addClientWithCredentials` makes a client of any protocol in any inbound, with credentials that nobody can use.',
      ours: 'Reads the inbound, whose facts are kept for half a minute, and refuses a protocol that is not the inbound’s.',
      why: 'Such clients could not connect, and panels up to 3.0 answer some of them with a 500.',
      reasons: [
        'a client of another protocol than the inbound’s is refused: nobody could connect with what would be reported',
      ],
      test: 'xray-users.test.mjs: a protocol that is not the inbound’s is refused, and nothing is stored',
    },
    {
      id: 'new-identifiers',
      theirs: 'Makes clients with a slash in the identifier, or named `.` or `..`, which no route can name afterwards.',
      ours: 'Refuses such a name for a new client, and where one is renamed.',
      why: 'Nobody could read, change or delete such a client.',
      test: 'identifiers.test.mjs: a client that no route could name is not made, by whichever method, and the reason is said',
    },
    {
      id: 'unix-sockets',
      theirs: 'Takes any port, also none.',
      ours: 'Takes port 0 where `listen` is a unix socket.',
      why: 'Panels make no inbound without a port anywhere else.',
      test: 'unix-sockets.test.mjs: no port at all is refused everywhere else',
    },
    {
      id: 'flow-fits',
      theirs: '`addClientWithCredentials` gives every vless client the vision flow, also where the inbound cannot carry it.',
      ours: 'Looks at the inbound first, and leaves the flow out where it has neither TLS nor Reality over tcp.',
      why: 'Such clients could not connect.',
      reasons: [
        'no client is made or reported with a flow that its inbound cannot carry: it could not connect',
        'the inbound is read first, and there is none',
      ],
    },
    {
      id: 'depleted-keeps-inbounds',
      theirs: '`deleteDepletedClients` deletes an inbound with its last client on panels up to 2.9, and nobody at all on 3.0.',
      ours: 'Deletes the clients that are used up, and no inbound.',
      why: 'It is what the method says.',
      reasons: [
        'an inbound is not deleted because its last client is: old panels do that, and those of 3.0 delete nobody then',
      ],
    },
    {
      id: 'bulk-gigabytes',
      theirs: '`addModernClient` takes gigabytes and `bulkCreateModernClients` bytes, under the same name.',
      ours: 'Both take gigabytes.',
      why: 'A quota of 10 meant ten bytes, with which no client could connect. Who multiplied by 1024³ himself has to stop.',
      reasons: ['bulkCreateModernClients takes gigabytes, as addModernClient does'],
      test: 'differences.test.mjs: bulk-gigabytes',
    },
    {
      id: 'update-keeps',
      theirs:
        '`updateClientWithCredentials` sends a record in a shape that makes panels rotate the UUID, and drops what it was not told.',
      ours: 'Sends the whole client in the shape in which every panel keeps it; so do `updateClient` and `updateModernClient` on panels that have no route of that name.',
      why: 'Connections of customers go on working after an update.',
      reasons: [
        'an update sends the whole client in the shape of which every panel keeps the UUID',
        'an update sends the whole client in the shape of which every panel keeps the UUID; old panels know less of it',
        'what an update does not name is kept: the update of a new panel would clear the rest of the record',
        'what an update does not name is kept: the update of a new panel would clear the rest of the record, its credential too',
        'what an update does not name is kept, the credential too',
        'who is named by nothing is nobody: the reference changes the first client that has no password',
      ],
      test: 'differences.test.mjs: update-keeps',
    },
    {
      id: 'update-msg',
      theirs: 'An update that failed resolves without `msg`, which its guide reads.',
      ours: 'Resolves with `msg` beside `message` and `error`.',
      why: 'There is one member more.',
      reasons: ['the guide reads msg of an update that failed'],
    },
    {
      id: 'traffic-names',
      theirs:
        '`updateClientTraffic(email, { totalGB, expiryTime })`, as documented, sets the counters to zero and no limit; so does `{ up, down }`.',
      ours: 'Limits are set as limits, in bytes; `up` and `down` stand for the panel’s `upload` and `download`.',
      why: 'Counters are no longer lost.',
      reasons: [
        'counters are set by the names that the panel reads; those of its answers stand for them',
        'limits handed to updateClientTraffic are set, and the counters stay: the reference sets those to zero',
      ],
      test: 'differences.test.mjs: traffic-names',
    },
    {
      id: 'all-options',
      theirs:
        '`addClientWithCredentials` and `generateBulkCredentials` ignore `enable`, `tgId`, `comment`, `reset`, `id`, `password` and `emailPrefix`; bulk credentials with one `email` are all alike.',
      ours: 'Honour them; the result also tells what was sent.',
      why: 'What a program asked for, it gets.',
      reasons: [
        'credentials also hold what else was sent: enable, limits and the subscription id',
        'the option enable is honoured; the newest panels switch every new client on, so it is switched off after',
        'the option enable is honoured',
        'the options tgId, comment and reset are honoured',
        'credentials that were generated before, as the guide hands them over, are used',
        'the prefix for identifiers is honoured',
        'no two identifiers of one call are alike',
        'the guide has a method for identifiers',
        'a cipher of 2022 takes a key of its own length and nothing else',
      ],
    },
    {
      id: 'unknown-inbound',
      theirs: 'Resolves with `record not found` when an inbound does not exist.',
      ours: 'Rejects with a `NotFoundError` that names it.',
      why: 'The guide’s `catch` sees it; `success` was false before as well.',
      reasons: ['an inbound that the panel does not have is an error, worked out from the answer to the add'],
    },
    {
      id: 'addresses',
      theirs: '`getClientIps` gives addresses with a time behind them, or objects, as the panel writes them.',
      ours: 'Gives addresses.',
      why: 'That is what is documented.',
      reasons: [
        'addresses are addresses, without the time that some panels write behind them',
        'addresses are addresses, however the panel writes them',
      ],
    },
    {
      id: 'nobody',
      theirs:
        'Passes on `null` for nobody online, and an error for the traffic of an unknown client, where panels say so.',
      ours: 'Nobody is an empty list, no traffic is `null` in a success.',
      why: 'It is what other versions of the panel answer, and what is documented.',
      reasons: [
        'nobody online is an empty list, as the types say, also on a panel that has not looked yet',
        'the traffic of an unknown client is a success with nothing in it',
      ],
    },
    {
      id: 'panels-words',
      theirs: 'A method works on one generation of panels.',
      ours: 'It works on all; what a panel says or does of its own on the way stays its own.',
      why: 'Where the reference works, the answer is the same.',
      reasons: [
        'new panels count other things of a client',
        'new panels say in other words that there is no such client',
        'an old panel deletes an inbound with its last client, a new one keeps it',
        'panels name an identifier that is in use in words of their own',
        'panels refuse an id that is no number in words of their own',
        'new panels drop a flow that the transport of the inbound cannot do',
        'an old panel crashes over an empty list, and nothing is sent to a new one',
        'an old panel keeps the last client of an inbound, a new one deletes it',
        'an old panel says of a client that is not there that it was deleted, those from 2.9.4 on do not',
        'panels say in words of their own what they did or could not do',
        'an old panel knows less of a client',
      ],
    },
  ],
  Arguments: [
    {
      id: 'form-input',
      theirs:
        'Crashes over what web forms send, lets the panel refuse it, or stores it wrongly: ids, amounts and switches as text, fractions of bytes, `null`.',
      ours: 'Takes text for the number or the switch that it says, rounds bytes, and takes `null` for nothing.',
      why: 'These calls failed.',
      reasons: [
        'ids as text, as web forms send them, work',
        'amounts as text, as web forms send them, are the numbers that they say',
        'numbers as text, as web forms send them, are the numbers that they say',
        'null for options is as good as none, and no reason to crash',
        'a fraction of bytes is rounded: old panels store it as unlimited, new ones refuse it',
        'null is as good as undefined',
        'nothing for a body is sent as the empty object, of which every route of the panel makes something',
        'nothing for a body is sent as the empty object, and no reason to crash',
        'an identifier is text',
      ],
      test: 'differences.test.mjs: form-input',
    },
    {
      id: 'refused-before',
      theirs:
        'Sends what breaks a rule, and leaves it to the panel: some versions store it and refuse every client from then on.',
      ours: 'Refuses it before anything is sent, with a `ValidationError` that names the field and the rule.',
      why: 'No such call did what it was meant to.',
      reasons: [
        'a name that is missing would make another path: it is refused before anything is sent',
        'an id that is none reaches no inbound: it is refused before anything is sent',
        'an id that is none is refused before anything is sent, and an update resolves with the reason',
        'a list is no inbound; old panels store a wreck for it',
        'a client without an identifier makes an old panel refuse every client from then on',
        'identifiers have 1 to 100 characters and none of < > " &',
        'amounts are finite and not negative',
        'amounts are finite and not negative; an update resolves with the reason',
        'old panels crash over settings that hold no list',
        'the panel reads a negative time as "starts at first use", which has an option of its own',
        'a length that is none is refused by name',
        'a cipher that no panel knows stops all of Xray: it is refused',
        'without a protocol nothing can be said of credentials',
        'a verb that no route of the panel has is refused before anything is sent',
      ],
      test: 'differences.test.mjs: refused-before',
    },
    {
      id: 'judged-not-crashed',
      theirs: 'Crashes over a credential that is missing or is no text.',
      ours: 'Calls it not valid, or weak.',
      why: 'A check answers.',
      reasons: [
        'credentials that are missing are not valid, and no reason to crash',
        'a password is text',
        'a password that is missing is a weak one, and no reason to crash',
        'a password is text: an object has no letters',
      ],
    },
    {
      id: 'panel-refuses',
      theirs: 'Turns a body of the wrong kind into another one on the way.',
      ours: 'Sends it as it was given, for the panel to refuse.',
      why: 'It was refused before as well.',
      reasons: [
        'no client is sent as it was given, for the panel to refuse',
        'a list in the place of an object is sent as it is, for the panel to refuse',
        'text in the place of an object is sent as it is, for the panel to refuse',
      ],
    },
  ],
  Errors: [
    {
      id: 'error-classes',
      theirs: 'Throws bare errors, and axios’s.',
      ours: 'Each has a class, a code, and the shape of axios’s: `isAxiosError`, `response`, `config`; `message` stays.',
      why: 'What a program reads of an error is there.',
      reasons: [
        'errors have a class that tells what happened; their shape is that of axios',
        'an error that was a bare one keeps its words and gets a class and a code',
        'an error that was a bare one gets a class and a code, and names the field and the rule',
        'what a method that answers with a promise refuses, it refuses by that promise',
        'the error of an unknown protocol has the words of the guide and those of the reference',
        'a missing protocol is an unknown one, not a slip in the library',
        'JSON that is none is described in words of our own',
        'a broken connection has a class, and is told with the call it happened in',
        'a refused login is an error with a class of its own',
        'the limit of logins is an error with a class and a code of its own',
        'a refused token is an error with the class, the code and the answer of the panel',
      ],
    },
    {
      id: 'login-failures',
      theirs:
        'Every login that fails is the same error; of a wrong base path it tells of two routes, one of which never existed.',
      ours: 'An `AuthenticationError` means that the panel refused. A wrong path, a gateway’s page and cut JSON are a `NotFoundError` or a `PanelError` with `code` and `status`; all begin with `Login failed: `.',
      why: 'The words at the beginning are the same.',
      reasons: [
        'a wrong base path is said to be one; what the reference says is about the route that is left out',
      ],
      test: 'login.test.mjs: ${what} in the place of an answer to a login refuses no credentials',
    },
    {
      id: 'no-data',
      theirs:
        'Resolves with the text of an error page, or with cut JSON, as if it were the answer; logs in for the page of a gateway.',
      ours: 'Rejects with a `PanelError` that says what came.',
      why: 'Programs went on with `undefined` in the place of data.',
      reasons: [
        'what is not the JSON that the panel sends is an error that says so',
        'the error page of a proxy is no lost session: nothing is gained by logging in for it',
      ],
    },
  ],
}
