package io.turnout.gateway.net;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.turnout.gateway.net.tls.TlsRefusal;
import io.turnout.gateway.net.tls.TlsRefusedException;

/**
 * Looks at the headers of TLS records before anybody else does: type (1 byte), version (2), length (2). What is no TLS
 * ends the connection, and so does a second negotiation.
 *
 * <p>A second negotiation is told from the first by its records alone. After a peer's ChangeCipherSpec one handshake
 * record may follow: in TLS 1.2 its Finished, in TLS 1.3 the hello after a HelloRetryRequest; all else of type
 * handshake is inside encrypted records of type application data there. So a second one is a renegotiation, which TLS
 * 1.2 allows and nobody here needs (RFC 5246, 7.4.1; RFC 8446, D.4).
 */
final class TlsRecordGuard extends ChannelInboundHandlerAdapter {

    private static final int CHANGE_CIPHER_SPEC = 20;
    private static final int HANDSHAKE = 22;
    private static final int APPLICATION_DATA = 23;
    private static final int MAJOR_VERSION = 3;
    private static final int LONGEST_RECORD = (1 << 14) + 2048;

    private static final int VERSION = 1;
    private static final int LENGTH = 3;
    private static final int HEADER_LENGTH = 5;

    private int headerBytes;
    private int type;
    private int length;
    private int bodyBytesToCome;
    private boolean cipherChanged;
    private boolean finished;
    private boolean refused;

    @Override
    public void channelRead(final ChannelHandlerContext context, final Object message) {
        final ByteBuf bytes = (ByteBuf) message;
        final TlsRefusal reason = refused ? TlsRefusal.OTHER : check(bytes);
        if (reason == null) {
            context.fireChannelRead(bytes);
            return;
        }
        bytes.release();
        if (!refused) {
            refused = true;
            context.fireExceptionCaught(new TlsRefusedException(reason));
        }
    }

    /** Why these bytes are not taken, or null. */
    private TlsRefusal check(final ByteBuf bytes) {
        int index = bytes.readerIndex();
        while (index < bytes.writerIndex()) {
            if (bodyBytesToCome > 0) {
                final int skipped = Math.min(bodyBytesToCome, bytes.writerIndex() - index);
                bodyBytesToCome -= skipped;
                index += skipped;
                continue;
            }
            if (!takeHeader(bytes.getUnsignedByte(index++))) {
                return TlsRefusal.NOT_TLS;
            }
            if (headerBytes == HEADER_LENGTH) {
                headerBytes = 0;
                bodyBytesToCome = length;
                if (isRenegotiation()) {
                    return TlsRefusal.RENEGOTIATION;
                }
            }
        }
        return null;
    }

    private boolean takeHeader(final int octet) {
        final int position = headerBytes++;
        switch (position) {
            case 0 -> type = octet;
            case VERSION -> {
                return octet == MAJOR_VERSION;
            }
            case LENGTH -> length = octet << Byte.SIZE;
            case LENGTH + 1 -> {
                length += octet;
                return length <= LONGEST_RECORD;
            }
            default -> {}
        }
        return type >= CHANGE_CIPHER_SPEC && type <= APPLICATION_DATA;
    }

    private boolean isRenegotiation() {
        if (type == CHANGE_CIPHER_SPEC) {
            cipherChanged = true;
        } else if (type == HANDSHAKE && cipherChanged) {
            final boolean isSecond = finished;
            finished = true;
            return isSecond;
        }
        return false;
    }
}
