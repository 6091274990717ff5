/** The package's core is a native addon, which Node has to load: a bundler cannot. */
export default { serverExternalPackages: ['3xui-api-client'] }
