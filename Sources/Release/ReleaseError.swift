/// What keeps images from being released.
public enum ReleaseError: Error {}
