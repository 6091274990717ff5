/*
 * An Express 5 app in front of a panel: a shop's back end that sells clients.
 *
 * Reads XUI_URL, XUI_USERNAME, XUI_PASSWORD and PORT. Ends on SIGTERM, when the last request has been answered.
 */

import express from 'express'
import ThreeXUI from '3xui-api-client'

const { XUI_URL, XUI_USERNAME, XUI_PASSWORD, PORT } = process.env

const app = express()
app.use(express.json())
app.get('/health', (req, res) => res.json({ up: true }))

// From here on each request has a client that is logged in. All share one session.
app.use(
  ThreeXUI.createExpressMiddleware({
    baseURL: XUI_URL,
    username: XUI_USERNAME,
    password: XUI_PASSWORD,
    sessionKey: 'panel',
    ...ThreeXUI.SessionConfig.memory(),
  }),
)

// Express 5 passes on by itself what an async handler throws.
app.get('/inbounds', async (req, res) => {
  const { obj } = await req.panel.getInbounds()
  res.json(obj.map(({ id, remark, port }) => ({ id, remark, port })))
})

app.post('/clients', async (req, res) => {
  const { inboundId, email, gigabytes } = req.body
  const { credentials } = await res.add3xuiClient(inboundId, 'vless', { email, totalGB: gigabytes })
  res.status(201).json({ id: credentials.id, subId: credentials.subId })
})

app.get('/credentials/:protocol', (req, res) => {
  res.json(res.generate3xuiCredentials(req.params.protocol))
})

app.use((error, req, res, _next) => {
  const status = error instanceof ThreeXUI.ValidationError ? 400 : 502
  res.status(status).json({ error: error.name, message: error.message })
})

const server = app.listen(PORT, '127.0.0.1', () => console.log(`listening on ${server.address().port}`))
process.once('SIGTERM', () => {
  server.close(() => console.log('closed'))
})
