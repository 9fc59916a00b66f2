// The example is a project of its own.
export default {}
