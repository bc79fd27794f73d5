package dev.portico.wire;

/** An answer as JSON. */
public final class AnswerCodec {
    private AnswerCodec() {}

    public static byte[] write(Answer answer) {
        return SectionCodec.encode(answer, Answer.class);
    }

    public static Answer read(byte[] json) throws UnknownWordException, MalformedException {
        return (Answer) SectionCodec.decode(json, Answer.class);
    }
}
