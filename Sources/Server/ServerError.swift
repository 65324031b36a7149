/// What keeps the server from serving.
public enum ServerError: Error {}
