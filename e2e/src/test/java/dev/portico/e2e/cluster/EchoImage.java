package dev.portico.e2e.cluster;

/** The image of the pods that echo. */
public final class EchoImage {
    public static final String NAME = System.getProperty("echo.image", "localhost/portico-echo:0.1.0-SNAPSHOT");

    private EchoImage() {}
}
