/*
 * As much of Express as the consumers here use: its types are a package of their own, which they do not need.
 */

declare module 'express' {
  interface Request {
    body: any
    params: Record<string, string>
  }
  interface Response {
    status(code: number): this
    json(body: unknown): this
  }
  type Handler = (req: Request, res: Response) => unknown
  interface Application {
    get(path: string, handler: Handler): this
    post(path: string, handler: Handler): this
  }
  function express(): Application
  export default express
}
