package dev.portico.proxy.tunnel;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.util.ReferenceCountUtil;
import org.junit.jupiter.api.Test;

class ChannelSideTest {
    private static final long NOTHING = -1;

    @Test
    void aPeerThatIsGoneIsNotWaitedFor() {
        var channel = new EmbeddedChannel(new TakesNothing());
        ChannelSide.of(channel).close();
        assertThat(channel.runScheduledPendingTasks()).isPositive();
        // Not by the channel's own method, which drops what is scheduled.
        var _ = channel.pipeline().close();
        assertThat(channel.isActive()).isFalse();
        assertThat(channel.runScheduledPendingTasks()).isEqualTo(NOTHING);
    }

    /** A peer whose window is shut. */
    private static final class TakesNothing extends ChannelOutboundHandlerAdapter {
        @Override
        public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
            ReferenceCountUtil.release(message);
        }
    }
}
