/*
 * Credentials: made here, without a panel.
 */

const PROTOCOLS = ['vless', 'vmess', 'trojan', 'shadowsocks']
const COUNTS = [1, 10, 1_000, 100_000]

/** Never contacted. */
export const NOBODY = { url: 'http://127.0.0.1:9', username: 'admin', password: 'correct-horse' }

export const work = {
  title: 'generateBulkCredentials',
  async run({ quick, compare }) {
    const series = []
    for (const protocol of PROTOCOLS) {
      for (const count of COUNTS) {
        const compared = await compare({
          subject: `${protocol} × ${count.toLocaleString('en')}`,
          contenders: ['ours', 'reference'],
          setup: NOBODY,
          job: 'generate',
          options: { protocol, count, ms: quick ? 30 : 200 },
        })
        series.push(...compared)
      }
    }
    return series
  },
}
